/**
 * The currencies of ISO 4217 list one that are legal tender, by the number of decimals of their minor
 * unit; as of 2026 (Bulgaria in the euro, XCG for ANG, ZWG for ZWL). Left out are funds codes, metals,
 * units of account and test codes: nothing is paid in them. Kept here as data, because the list that
 * `Intl` gives depends on the version of Node.
 */
export const currenciesByDecimals = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
  2:
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF " +
    "CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL " +
    "HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT " +
    "MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB " +
    "SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH " +
    "USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
  3: "BHD IQD JOD KWD LYD OMR TND",
} as const;

/** Every accepted currency, sorted. */
export const currencies: readonly string[] = Object.values(currenciesByDecimals)
  .flatMap((codes) => codes.split(" "))
  .sort();
