namespace HaLong.Payments.VietQr;

/// <summary>A static code can be paid again and again, a dynamic one is made for one payment.</summary>
internal enum Initiation
{
    Static = 11,
    Dynamic = 12,
}

/// <summary>Where the transfer goes.</summary>
internal enum TransferTarget
{
    Account,
    Card,
}

/// <summary>The contents of a VietQR code (NAPAS specification 1.0).</summary>
internal sealed record VietQrPayload
{
    public required Initiation Initiation { get; init; }

    /// <summary>Bank identification number, six digits.</summary>
    public required string Bin { get; init; }

    /// <summary>Account or card number, up to 19 letters and digits.</summary>
    public required string Account { get; init; }

    /// <summary>Missing when the code leaves the service to the payer's bank.</summary>
    public TransferTarget? Target { get; init; }

    /// <summary>As written: the format allows decimals, the đồng has none.</summary>
    public string? Amount { get; init; }

    public string? MerchantCategoryCode { get; init; }

    public string? MerchantName { get; init; }

    public string? MerchantCity { get; init; }

    public string? PostalCode { get; init; }

    public AdditionalData? AdditionalData { get; init; }

    /// <summary>Further fields of the top level (tips, other languages), kept as read.</summary>
    public IReadOnlyList<TlvField> Other { get; init; } = [];
}

/// <summary>Tag 62: what the payer's bank shows or sends along.</summary>
internal sealed record AdditionalData
{
    public string? BillNumber { get; init; }

    public string? MobileNumber { get; init; }

    public string? StoreLabel { get; init; }

    public string? LoyaltyNumber { get; init; }

    public string? ReferenceLabel { get; init; }

    public string? CustomerLabel { get; init; }

    public string? TerminalLabel { get; init; }

    /// <summary>Becomes the remittance text of the transfer.</summary>
    public string? Purpose { get; init; }

    /// <summary>Letters A, M, E: ask the payer for address, mobile number, e-mail.</summary>
    public string? ConsumerDataRequest { get; init; }

    /// <summary>Templates 50–99, kept as read.</summary>
    public IReadOnlyList<TlvField> Other { get; init; } = [];
}
