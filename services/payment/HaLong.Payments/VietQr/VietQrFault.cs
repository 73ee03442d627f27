using System.Text.Json;

namespace HaLong.Payments.VietQr;

/// <summary>Why a text is not a VietQR code. Only the first fault found is told.</summary>
internal enum VietQrFault
{
    NonAscii,
    MalformedTlv,
    DuplicateTag,
    FormatNotFirst,
    MissingTag,
    CrcNotLast,
    BadCrc,
    BadFormatVersion,
    BadInitiationMethod,
    MissingSubtag,
    BadGuid,
    BadBin,
    BadAccount,
    BadServiceCode,
    BadCurrency,
    BadCountry,
    BadAmount,
    BadMcc,
    ValueTooLong,
    BadAdditionalTag,
}

internal static class VietQrFaultNames
{
    /// <summary>The code as documents write it, e.g. BAD_CRC.</summary>
    public static string Code(this VietQrFault fault) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(fault.ToString());
}
