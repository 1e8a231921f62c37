export { NumberRegister, type TakenNumber } from './application/number-register';
