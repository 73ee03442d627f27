using System.Globalization;
using System.Text;

namespace HaLong.PartnerLab.Bank;

/// <summary>What a banking app reads in a VietQR code.</summary>
internal sealed record VietQr(string Bin, string Account, long? Amount, string? Purpose, string? BillNumber)
{
    private const string NapasGuid = "A000000727";

    /// <summary>
    /// Reads a payload the way a cautious banking app does. Written apart from the payment service on purpose:
    /// a mistake made on one side must not be repeated on the other.
    /// </summary>
    public static VietQr? Read(string payload, out string? fault)
    {
        fault = Check(payload, out var result);
        return fault is null ? result : null;
    }

    private static string? Check(string payload, out VietQr? result)
    {
        result = null;
        if (payload.Any(c => c is < ' ' or > '~'))
            return "not printable ASCII";
        if (Tlv(payload) is not { } tags)
            return "broken tag, length, value structure";
        if (!payload.StartsWith("000201", StringComparison.Ordinal))
            return "format version 01 does not come first";
        if (payload.Length < 8 || payload[^8..^4] != "6304")
            return "checksum does not come last";
        if (!string.Equals(payload[^4..], Crc(payload[..^4]), StringComparison.Ordinal))
            return "wrong checksum";
        if (tags.GetValueOrDefault("01") is not ("11" or "12"))
            return "unknown point of initiation";
        if (tags.GetValueOrDefault("53") != "704" || tags.GetValueOrDefault("58") != "VN")
            return "not đồng in Viet Nam";
        if (Tlv(tags.GetValueOrDefault("38", "")) is not { } merchant || merchant.GetValueOrDefault("00") != NapasGuid)
            return "not a NAPAS account";
        if (merchant.GetValueOrDefault("02") is not (null or "QRIBFTTA" or "QRIBFTTC"))
            return "unknown service";
        if (Tlv(merchant.GetValueOrDefault("01", "")) is not { } beneficiary)
            return "no beneficiary";

        var bin = beneficiary.GetValueOrDefault("00", "");
        var account = beneficiary.GetValueOrDefault("01", "");
        if (bin.Length != 6 || !bin.All(char.IsAsciiDigit))
            return "bank number is not six digits";
        if (account.Length is 0 or > 19 || !account.All(char.IsAsciiLetterOrDigit))
            return "unusable account";

        long? amount = null;
        if (tags.TryGetValue("54", out var text))
        {
            // The format allows decimals; đồng has none, so only zeros may follow the point.
            if (text.Length > 13
                || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                || value <= 0 || value != decimal.Truncate(value))
                return "unusable amount";
            amount = (long)value;
        }

        if (tags.TryGetValue("52", out var category) && (category.Length != 4 || !category.All(char.IsAsciiDigit)))
            return "unusable merchant category";
        if (tags.GetValueOrDefault("59", "").Length > 25 || tags.GetValueOrDefault("60", "").Length > 15 || tags.GetValueOrDefault("61", "").Length > 10)
            return "merchant field too long";
        if (Tlv(tags.GetValueOrDefault("62", "")) is not { } additional || additional.Any(IsUnusable))
            return "unusable additional data";

        result = new VietQr(bin, account, amount, additional.GetValueOrDefault("08"), additional.GetValueOrDefault("01"));
        return null;
    }

    private static bool IsUnusable(KeyValuePair<string, string> field) =>
        field.Value.Length is 0 or > 25 || string.CompareOrdinal(field.Key, "01") < 0 || string.CompareOrdinal(field.Key, "99") > 0;

    /// <summary>Tags of one level, or null when the text is not made of them or repeats one.</summary>
    private static Dictionary<string, string>? Tlv(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length;)
        {
            if (at + 4 > text.Length || !text.AsSpan(at, 4).ContainsOnlyDigits())
                return null;
            var length = int.Parse(text.AsSpan(at + 2, 2), NumberStyles.None, CultureInfo.InvariantCulture);
            if (length == 0 || at + 4 + length > text.Length || !tags.TryAdd(text.Substring(at, 2), text.Substring(at + 4, length)))
                return null;
            at += 4 + length;
        }

        return tags;
    }

    /// <summary>CRC-16/CCITT-FALSE over everything before the checksum's four characters, as upper-case hex.</summary>
    internal static string Crc(string text)
    {
        var crc = 0xFFFF;
        foreach (var octet in Encoding.ASCII.GetBytes(text))
        {
            crc ^= octet << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? ((crc << 1) ^ 0x1021) & 0xFFFF : (crc << 1) & 0xFFFF;
        }

        return crc.ToString("X4", CultureInfo.InvariantCulture);
    }
}

internal static class Digits
{
    public static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
