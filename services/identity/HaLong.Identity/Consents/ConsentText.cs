using System.Security.Cryptography;
using System.Text;

namespace HaLong.Identity.Consents;

/// <summary>One version of what people are asked to agree to, or told about where the law itself is the ground.</summary>
internal sealed class ConsentText
{
    public required string Purpose { get; init; }

    public required int Version { get; init; }

    public required string NameVi { get; init; }

    public required string NameEn { get; init; }

    public required string TextVi { get; init; }

    public required string TextEn { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>One of <see cref="LegalBases"/>.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>The law or decision behind the basis.</summary>
    public required string Source { get; init; }

    /// <summary>Without it there is no account.</summary>
    public required bool Mandatory { get; init; }

    public required DateOnly ValidFrom { get; init; }

    public static string Hash(string textVi, string textEn) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{textVi}\n{textEn}")));
}

/// <summary>Grounds of processing: law 91/2025 and decree 356/2025, before them decree 13/2023.</summary>
internal static class LegalBases
{
    public const string Consent = "CONSENT";
    public const string LegalDuty = "LEGAL_DUTY";
    public const string PublicTask = "PUBLIC_TASK";
}

/// <summary>The purposes that code refers to; their texts are in Data/consent-texts.json.</summary>
internal static class ConsentPurposes
{
    public const string Account = "account-terms";
    public const string OptionalNotices = "optional-notices";
    public const string ReusePapers = "reuse-papers";
    public const string AssistedSession = "assisted-session";
    public const string Survey = "satisfaction-survey";
    public const string DossierProcessing = "dossier-processing";
    public const string AccessRecords = "access-records";
}
