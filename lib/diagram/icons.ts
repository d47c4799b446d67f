import type { IconName } from "./types";

/** The side of the square that icons are drawn in. */
export const iconSide = 24;

/** Paths of simple line drawings, of our own, in a square of {@link iconSide}; `Z` ends closed shapes. */
export const icons: Readonly<Record<IconName, string>> = {
  api: "M8 7 L3.5 12 L8 17 M16 7 L20.5 12 L16 17 M13.5 5.5 L10.5 18.5",
  bucket: "M4 6.5 A8 2.5 0 1 0 20 6.5 A8 2.5 0 1 0 4 6.5 M4 6.5 L6 18.5 A6 2 0 0 0 18 18.5 L20 6.5",
  callers:
    "M12 4 A4 4 0 1 0 12 12 A4 4 0 1 0 12 4 M4.5 20.5 C4.5 16.5 8 14.5 12 14.5 S19.5 16.5 19.5 20.5",
  chart: "M4 4 V20 H20 M7.5 15.5 L11 11 L14 13.5 L19 7",
  clock: "M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 M12 7.5 V12 L15.5 14",
  database:
    "M4.5 6 A7.5 2.8 0 1 0 19.5 6 A7.5 2.8 0 1 0 4.5 6 M4.5 6 V18 A7.5 2.8 0 0 0 19.5 18 V6 M4.5 12 A7.5 2.8 0 0 0 19.5 12",
  endpoint: "M3 12 H9 M15 12 H21 M12 9 A3 3 0 1 0 12 15 A3 3 0 1 0 12 9",
  function: "M7 4.5 H9.5 L17 19.5 H19 M11.3 9.5 L6 19.5",
  gateway:
    "M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 M3.5 12 H20.5 M12 3.5 C7.5 8 7.5 16 12 20.5 C16.5 16 16.5 8 12 3.5",
  key: "M8 8.5 A4 4 0 1 0 8 16.5 A4 4 0 1 0 8 8.5 M12 12.5 H21 V16 M17.5 12.5 V15.5",
  name: "M5 4 V21 M5 5 H18 L15.5 8.5 L18 12 H5",
  nat: "M4 8.5 H19 M15.5 5 L19 8.5 L15.5 12 M20 15.5 H5 M8.5 12 L5 15.5 L8.5 19",
  secret: "M5.5 11 H18.5 V20 H5.5 Z M8.5 11 V8 A3.5 3.5 0 0 1 15.5 8 V11 M12 14.5 V16.5",
  shield:
    "M12 3.5 L19.5 6 V11.5 C19.5 16 16.5 19 12 20.5 C7.5 19 4.5 16 4.5 11.5 V6 Z M8.5 11.5 L11 14 L15.5 9.5",
  table: "M4 5 H20 V19 H4 Z M4 9.7 H20 M4 14.3 H20 M9.5 5 V19",
  topic:
    "M5 12 H10 M10 12 L18 6 M10 12 H18 M10 12 L18 18 M18 4.5 V7.5 M18 10.5 V13.5 M18 16.5 V19.5",
  users:
    "M9 4.5 A3.5 3.5 0 1 0 9 11.5 A3.5 3.5 0 1 0 9 4.5 M2.5 19.5 C2.5 16 5.5 14 9 14 S15.5 16 15.5 19.5 M15 5 A3.3 3.3 0 0 1 15 11.3 M17.5 14.5 C20 15.2 21.5 17 21.5 19.5",
};
