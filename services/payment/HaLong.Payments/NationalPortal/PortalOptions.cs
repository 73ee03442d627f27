using System.ComponentModel.DataAnnotations;

namespace HaLong.Payments.NationalPortal;

/// <summary>The payment platform of the national public service portal (Nền tảng thanh toán, Cổng dịch vụ công quốc gia). Without an address nobody can pay by it.</summary>
internal sealed class PortalOptions : IValidatableObject
{
    public const string Section = "NationalPortal";

    /// <summary>Its word in attempts and notices.</summary>
    public const string Provider = "portal";

    private const int ShortestSecret = 16;

    /// <summary>Address of the platform; the path may be given apart, as <see cref="Path"/>.</summary>
    public string Url { get; init; } = "";

    /// <summary>What follows the address.</summary>
    public string Path { get; init; } = "";

    /// <summary>Who we are there (MaDoiTac).</summary>
    [MaxLength(50)]
    public string Partner { get; init; } = "";

    /// <summary>Shared secret of the check sums (MaXacThuc).</summary>
    public string Secret { get; init; } = "";

    /// <summary>Shown as bearer token with every message to the platform.</summary>
    public string Token { get; init; } = "";

    /// <summary>How long an answer may take. Shorter than the gateway's patience, so that the payer hears what is going on.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:20", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How old an attempt is when the platform is asked for the first time what became of it; doubled with each question.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan QueryAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The same when the platform did not answer the order itself: nobody knows whether it has it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan QueryLostAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The longest wait between two questions.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan QueryLongest { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a payer may take at the platform. An order that it still calls unpaid, or does not know, by then is over. Assumed: the platform publishes no time.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "7.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan OrderLifetime { get; init; } = TimeSpan.FromHours(1);

    public bool IsOn => Url.Length > 0;

    /// <summary>The providers that take a payer over.</summary>
    public IReadOnlySet<string> Providers => IsOn ? new HashSet<string> { Provider } : [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
            yield break;
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return new ValidationResult("NationalPortal:Url must be an http(s) address.", [nameof(Url)]);
        if (Partner.Length == 0 || Partner.Contains('|', StringComparison.Ordinal))
            yield return new ValidationResult("NationalPortal:Partner is missing: the platform knows us by it.", [nameof(Partner)]);
        if (Secret.Length < ShortestSecret)
            yield return new ValidationResult($"NationalPortal:Secret must have at least {ShortestSecret} characters.", [nameof(Secret)]);
        if (Token.Length == 0)
            yield return new ValidationResult("NationalPortal:Token is missing: the platform asks for it.", [nameof(Token)]);
    }
}
