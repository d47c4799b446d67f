/** Minutes between two searches for orders that nobody has paid in time. */
export const expireEveryMinutes = 5;
