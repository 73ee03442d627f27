namespace HaLong.Payments.VietQr;

/// <summary>Reads a VietQR code strictly: whatever a payer's bank might read differently is refused with its first fault.</summary>
internal static class VietQrDecoder
{
    public const string NapasGuid = "A000000727";
    public const string Dong = "704";
    public const string Country = "VN";
    public const string ToAccount = "QRIBFTTA";
    public const string ToCard = "QRIBFTTC";

    private static readonly HashSet<string> Known = ["00", "01", "38", "52", "53", "54", "58", "59", "60", "61", "62", "63"];

    /// <summary>A payload, or the first fault in the order: characters, structure, presence, checksum, contents.</summary>
    public static VietQrFault? TryDecode(string text, out VietQrPayload? payload)
    {
        payload = null;
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return VietQrFault.NonAscii;
        if (Structure.TryRead(text, out var parts) is { } broken)
            return broken;
        if ((CheckEnvelope(text, parts.Top) ?? CheckContents(parts)) is { } fault)
            return fault;
        payload = Map(parts);
        return null;
    }

    private static VietQrFault? CheckEnvelope(string text, IReadOnlyList<TlvField> top)
    {
        if (top[0].Tag != "00")
            return VietQrFault.FormatNotFirst;
        var crc = top.Find("63");
        if (crc is null)
            return VietQrFault.MissingTag;
        if (top[^1].Tag != "63")
            return VietQrFault.CrcNotLast;
        if (crc.Length != 4 || Crc16.Hex(text.AsSpan(0, text.Length - 4)) != crc)
            return VietQrFault.BadCrc;
        if (top[0].Value != "01")
            return VietQrFault.BadFormatVersion;
        return new[] { "01", "38", "53", "58" }.All(tag => top.Find(tag) is not null) ? null : VietQrFault.MissingTag;
    }

    private static VietQrFault? CheckContents(Structure parts)
    {
        var top = parts.Top;
        if (top.Find("01") is not ("11" or "12"))
            return VietQrFault.BadInitiationMethod;
        if (CheckBeneficiary(parts) is { } fault)
            return fault;
        if (top.Find("53") != Dong)
            return VietQrFault.BadCurrency;
        if (top.Find("58") != Country)
            return VietQrFault.BadCountry;
        if (top.Find("54") is { } amount && !IsAmount(amount))
            return VietQrFault.BadAmount;
        if (top.Find("52") is { } category && (category.Length != 4 || !IsDigits(category)))
            return VietQrFault.BadMcc;
        if (IsLonger(top, "59", 25) || IsLonger(top, "60", 15) || IsLonger(top, "61", 10))
            return VietQrFault.ValueTooLong;
        return CheckAdditional(parts.Additional);
    }

    private static VietQrFault? CheckBeneficiary(Structure parts)
    {
        var guid = parts.Account.Find("00");
        var bin = parts.Beneficiary?.Find("00");
        var account = parts.Beneficiary?.Find("01");
        if (guid is null || bin is null || account is null)
            return VietQrFault.MissingSubtag;
        if (guid != NapasGuid)
            return VietQrFault.BadGuid;
        if (bin.Length != 6 || !IsDigits(bin))
            return VietQrFault.BadBin;
        if (account.Length > 19 || !account.All(char.IsAsciiLetterOrDigit))
            return VietQrFault.BadAccount;
        return parts.Account.Find("02") is null or ToAccount or ToCard ? null : VietQrFault.BadServiceCode;
    }

    private static VietQrFault? CheckAdditional(IReadOnlyList<TlvField> fields)
    {
        foreach (var (tag, value) in fields)
        {
            var number = int.Parse(tag, System.Globalization.CultureInfo.InvariantCulture);
            switch (number)
            {
                case >= 1 and <= 8 when value.Length > 25:
                    return VietQrFault.ValueTooLong;
                case 9 when !IsDataRequest(value):
                case 0 or (> 9 and < 50):
                    return VietQrFault.BadAdditionalTag;
            }
        }

        return null;
    }

    private static VietQrPayload Map(Structure parts)
    {
        var top = parts.Top;
        return new VietQrPayload
        {
            Initiation = top.Find("01") == "11" ? Initiation.Static : Initiation.Dynamic,
            Bin = parts.Beneficiary?.Find("00") ?? "",
            Account = parts.Beneficiary?.Find("01") ?? "",
            Target = parts.Account.Find("02") switch { ToAccount => TransferTarget.Account, ToCard => TransferTarget.Card, _ => null },
            Amount = top.Find("54"),
            MerchantCategoryCode = top.Find("52"),
            MerchantName = top.Find("59"),
            MerchantCity = top.Find("60"),
            PostalCode = top.Find("61"),
            AdditionalData = parts.Additional.Count == 0 ? null : MapAdditional(parts.Additional),
            Other = [.. top.Where(f => !Known.Contains(f.Tag))],
        };
    }

    private static AdditionalData MapAdditional(IReadOnlyList<TlvField> fields) => new()
    {
        BillNumber = fields.Find("01"),
        MobileNumber = fields.Find("02"),
        StoreLabel = fields.Find("03"),
        LoyaltyNumber = fields.Find("04"),
        ReferenceLabel = fields.Find("05"),
        CustomerLabel = fields.Find("06"),
        TerminalLabel = fields.Find("07"),
        Purpose = fields.Find("08"),
        ConsumerDataRequest = fields.Find("09"),
        Other = [.. fields.Where(f => f.Tag[0] >= '5')],
    };

    private static bool IsAmount(string text) =>
        text.Length <= 13
        && text.Count(c => c == '.') <= 1
        && text.All(c => char.IsAsciiDigit(c) || c == '.')
        && text[0] != '.' && text[^1] != '.'
        && text.AsSpan().ContainsAnyInRange('1', '9');

    private static bool IsDataRequest(string text) => text.All(c => c is 'A' or 'M' or 'E') && text.Distinct().Count() == text.Length;

    private static bool IsDigits(string text) => text.All(char.IsAsciiDigit);

    private static bool IsLonger(IReadOnlyList<TlvField> fields, string tag, int most) => fields.Find(tag)?.Length > most;

    /// <summary>The fields of the text and of its three templates.</summary>
    private sealed record Structure(
        IReadOnlyList<TlvField> Top,
        IReadOnlyList<TlvField> Account,
        IReadOnlyList<TlvField>? Beneficiary,
        IReadOnlyList<TlvField> Additional)
    {
        public static VietQrFault? TryRead(string text, out Structure parts)
        {
            IReadOnlyList<TlvField> account = [], additional = [];
            IReadOnlyList<TlvField>? beneficiary = null;
            var fault = Tlv.TryRead(text, out var top);
            if (fault is null && top.Find("38") is { } accountText)
                fault = Tlv.TryRead(accountText, out account);
            if (fault is null && account.Find("01") is { } beneficiaryText)
                fault = Tlv.TryRead(beneficiaryText, out beneficiary);
            if (fault is null && top.Find("62") is { } additionalText)
                fault = Tlv.TryRead(additionalText, out additional);
            parts = new Structure(top, account, beneficiary, additional);
            return fault;
        }
    }
}
