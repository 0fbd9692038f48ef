/** How many services a group has where their number is not what is measured. */
export const GROUP_SIZE = 5;
