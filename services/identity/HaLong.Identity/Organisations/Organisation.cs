namespace HaLong.Identity.Organisations;

/// <summary>What is known of an organisation beside its account, which holds name, code and contact points.</summary>
internal sealed class Organisation
{
    public required Guid AccountId { get; init; }

    /// <summary>See <see cref="OrganisationCode.KeyOf"/>; no two organisations have the same.</summary>
    public required string CodeKey { get; init; }

    /// <summary>The owner of a household business; null for every other organisation.</summary>
    public Guid? OwnerId { get; init; }

    public string? ForeignName { get; set; }

    public string? ShortName { get; set; }

    public required string Address { get; set; }

    /// <summary>The unit whose official saw the papers first.</summary>
    public required string UnitCode { get; init; }

    public required DateTimeOffset VerifiedAt { get; init; }

    /// <summary>Number of the business registration certificate (giấy chứng nhận đăng ký doanh nghiệp) or decision seen last.</summary>
    public string CertificateNumber { get; private set; } = "";

    public DateOnly CertificateDate { get; private set; }

    /// <summary>Where the scan is kept, e.g. its number in the archive of the unit.</summary>
    public string? ScanReference { get; private set; }

    /// <summary>SHA-256 of the scan, so that nobody exchanges it later.</summary>
    public byte[]? ScanSha256 { get; private set; }

    public uint Version { get; private set; }

    public void Show(Certificate seen) =>
        (CertificateNumber, CertificateDate, ScanReference, ScanSha256) = (seen.Number, seen.Date, seen.ScanReference, seen.ScanSha256);
}

/// <summary>The paper that was seen.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Date">Its date.</param>
/// <param name="ScanReference">Where its scan is kept.</param>
/// <param name="ScanSha256">SHA-256 of the scan.</param>
internal sealed record Certificate(string Number, DateOnly Date, string? ScanReference, byte[]? ScanSha256);
