export { specFor } from './spec-for';
