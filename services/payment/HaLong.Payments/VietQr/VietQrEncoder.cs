using System.Text;

namespace HaLong.Payments.VietQr;

/// <summary>Writes a VietQR code, fields in the order of their tags.</summary>
internal static class VietQrEncoder
{
    /// <summary>Longest value that two digits of length can announce.</summary>
    private const int MaxValue = 99;

    /// <summary>
    /// The text of the code, or the fault it would have. What was written is read back by the strict decoder,
    /// so nothing leaves here that our own reader would refuse.
    /// </summary>
    public static VietQrFault? TryEncode(VietQrPayload payload, out string text)
    {
        text = "";
        var beneficiary = new StringBuilder().Append("00", payload.Bin).Append("01", payload.Account).ToString();
        var account = new StringBuilder()
            .Append("00", VietQrDecoder.NapasGuid)
            .Append("01", beneficiary)
            .Append("02", ServiceCode(payload.Target))
            .ToString();
        var additional = Write(payload.AdditionalData);
        if (Values(payload).Append(beneficiary).Append(account).Append(additional).Any(v => v?.Length > MaxValue))
            return VietQrFault.ValueTooLong;

        var fields = new List<TlvField>
        {
            new("01", ((int)payload.Initiation).ToString("00", System.Globalization.CultureInfo.InvariantCulture)),
            new("38", account),
            new("53", VietQrDecoder.Dong),
            new("58", VietQrDecoder.Country),
        };
        AddIf(fields, "52", payload.MerchantCategoryCode);
        AddIf(fields, "54", payload.Amount);
        AddIf(fields, "59", payload.MerchantName);
        AddIf(fields, "60", payload.MerchantCity);
        AddIf(fields, "61", payload.PostalCode);
        AddIf(fields, "62", additional);
        fields.AddRange(payload.Other);

        var written = new StringBuilder().Append("00", "01");
        foreach (var (tag, value) in fields.OrderBy(f => f.Tag, StringComparer.Ordinal))
            written.Append(tag, value);
        written.Append("6304");
        written.Append(Crc16.Hex(written.ToString()));
        text = written.ToString();
        return VietQrDecoder.TryDecode(text, out _);
    }

    private static string? Write(AdditionalData? data)
    {
        if (data is null)
            return null;
        var target = new StringBuilder()
            .Append("01", data.BillNumber)
            .Append("02", data.MobileNumber)
            .Append("03", data.StoreLabel)
            .Append("04", data.LoyaltyNumber)
            .Append("05", data.ReferenceLabel)
            .Append("06", data.CustomerLabel)
            .Append("07", data.TerminalLabel)
            .Append("08", data.Purpose)
            .Append("09", data.ConsumerDataRequest);
        foreach (var (tag, value) in data.Other)
            target.Append(tag, value);
        return target.ToString();
    }

    private static IEnumerable<string?> Values(VietQrPayload p) =>
        p.Other.Select(f => f.Value).Concat(p.AdditionalData?.Other.Select(f => f.Value) ?? [])
            .Concat(new[] { p.Amount, p.MerchantCategoryCode, p.MerchantName, p.MerchantCity, p.PostalCode, p.Bin, p.Account })
            .Concat(new[]
            {
                p.AdditionalData?.BillNumber, p.AdditionalData?.MobileNumber, p.AdditionalData?.StoreLabel, p.AdditionalData?.LoyaltyNumber,
                p.AdditionalData?.ReferenceLabel, p.AdditionalData?.CustomerLabel, p.AdditionalData?.TerminalLabel, p.AdditionalData?.Purpose,
            });

    private static void AddIf(List<TlvField> fields, string tag, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            fields.Add(new TlvField(tag, value));
    }

    private static string? ServiceCode(TransferTarget? target) => target switch
    {
        TransferTarget.Account => VietQrDecoder.ToAccount,
        TransferTarget.Card => VietQrDecoder.ToCard,
        _ => null,
    };
}
