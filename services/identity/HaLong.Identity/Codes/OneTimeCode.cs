namespace HaLong.Identity.Codes;

/// <summary>A question "what is the code we sent you?". The code is kept as a keyed hash; what must be sent is sealed until it was sent.</summary>
internal sealed class OneTimeCode
{
    public required Guid Id { get; init; }

    /// <summary>What the code opens; see <see cref="CodePurposes"/>. A code for one thing opens nothing else.</summary>
    public required string Purpose { get; init; }

    /// <summary>Whose or which: id of an account, a registration, an assisted session. Never personal data.</summary>
    public required string BoundTo { get; init; }

    /// <summary>sms or email.</summary>
    public required string Channel { get; init; }

    public required string Language { get; init; }

    /// <summary>Number or address, sealed. Null for a question that nobody can answer: asked so that an unknown name looks like a known one.</summary>
    public byte[]? SealedTarget { get; set; }

    /// <summary>What fills the places of the text, as a JSON object; null for texts without any. Nothing personal.</summary>
    public string? Details { get; init; }

    public required byte[] CodeHash { get; set; }

    /// <summary>The code itself, sealed; erased as soon as it was handed over.</summary>
    public byte[]? SealedCode { get; set; }

    /// <summary>How often a code was made for this question; each has tries of its own.</summary>
    public int Sends { get; set; }

    public int Attempts { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Not sent again before this.</summary>
    public required DateTimeOffset ResendAfter { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? ConsumedAt { get; set; }
}

/// <summary>What a code can be for; also the name of the text it is sent in.</summary>
internal static class CodePurposes
{
    public const string Registration = "registration";
    public const string PasswordReset = "password-reset";
    public const string ContactPhone = "contact-phone";
    public const string ContactEmail = "contact-email";
    public const string AssistedSession = "assisted-session";
    public const string SecondFactor = "second-factor";
    public const string AccountClosing = "account-closing";

    /// <summary>To sign documents; asked for by the e-signature service.</summary>
    public const string Signing = "signing";

    /// <summary>True where even "this telephone got too many codes" would tell a stranger something: then none is sent, and nothing said.</summary>
    public static bool IsSecretive(string purpose) => purpose == PasswordReset;
}

/// <summary>What the person who waits for a code may know.</summary>
/// <param name="ChallengeId">Names the question; the answer is given together with it.</param>
/// <param name="ExpiresAt">The code is of no use afterwards.</param>
/// <param name="ResendAfter">Another one can be asked for from then on.</param>
internal sealed record IssuedCode(Guid ChallengeId, DateTimeOffset ExpiresAt, DateTimeOffset ResendAfter);
