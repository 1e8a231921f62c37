export { builtInYears, publishedYears } from './data/published-years';
