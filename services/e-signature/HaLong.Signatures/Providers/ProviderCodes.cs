namespace HaLong.Signatures.Providers;

/// <summary>Our own words in <see cref="HashOutcome.Code"/>; the others are the provider's.</summary>
internal static class ProviderCodes
{
    /// <summary>The provider was asked to sign and its answer never came: it may have signed. It is not asked to sign again.</summary>
    public const string AnswerLost = "ANSWER_LOST";

    /// <summary>Another number of signatures than of hashes.</summary>
    public const string CountMismatch = "COUNT_MISMATCH";

    /// <summary>A signature does not fit its hash and the credential's certificate.</summary>
    public const string SignatureMismatch = "SIGNATURE_MISMATCH";

    /// <summary>The answer could not be read.</summary>
    public const string Unreadable = "ANSWER_UNREADABLE";

    /// <summary>Nobody answered in time.</summary>
    public const string Expired = "EXPIRED";
}
