namespace HaLong.Identity.Sessions;

/// <summary>One sign-in of one person in one browser or app. Every token names it; when it ends, they all end.</summary>
internal sealed class Session
{
    private Session()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When the person last proved who they are; a step-up renews it.</summary>
    public DateTimeOffset AuthenticatedAt { get; private set; }

    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>How the person proved it, RFC 8176 words: pwd, otp, hwk, fed…</summary>
    public string[] Methods { get; private set; } = [];

    /// <summary>One of the acr values of <see cref="HaLong.ServiceDefaults.Caller"/>.</summary>
    public string Acr { get; private set; } = "";

    /// <summary>How surely the person behind the account was known in this sign-in: 1 or 2.</summary>
    public int Assurance { get; private set; }

    /// <summary>What the browser says it is, cut; for the owner to recognise the session.</summary>
    public string Device { get; private set; } = "";

    /// <summary>Network address with its last part left out.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Of an official or helper: stricter limits, see <see cref="SessionOptions"/>.</summary>
    public bool IsStaff { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    public static Session Start(Guid id, Guid accountId, SignInProof proof, string device, string address, DateTimeOffset now, bool staff = false) => new()
    {
        Id = id,
        AccountId = accountId,
        StartedAt = now,
        AuthenticatedAt = now,
        LastSeenAt = now,
        Methods = [.. proof.Methods],
        Acr = proof.Acr,
        Assurance = proof.Assurance,
        Device = device,
        Address = address,
        IsStaff = staff,
    };

    public void Seen(DateTimeOffset now) => LastSeenAt = now;

    /// <summary>The person has shown more of who they are.</summary>
    public void StepUp(SignInProof proof, DateTimeOffset now)
    {
        Methods = [.. Methods.Union(proof.Methods)];
        Acr = proof.Acr;
        Assurance = Math.Max(Assurance, proof.Assurance);
        AuthenticatedAt = now;
    }

    public void End(string reason, DateTimeOffset now)
    {
        EndedAt ??= now;
        EndReason ??= reason;
    }
}

/// <summary>What a person has shown at sign-in.</summary>
/// <param name="Methods">RFC 8176 words: pwd, otp, hwk, fed…</param>
/// <param name="Acr">One of the acr values of <see cref="HaLong.ServiceDefaults.Caller"/>.</param>
/// <param name="Assurance">1 self-registered, 2 verified.</param>
internal sealed record SignInProof(IReadOnlyList<string> Methods, string Acr, int Assurance);

/// <summary>Why a session ended.</summary>
internal static class EndReasons
{
    public const string SignedOut = "signed_out";
    public const string EndedByOwner = "ended_by_owner";
    public const string PasswordChanged = "password_changed";
    public const string AccountClosed = "account_closed";
    public const string TokenReused = "token_reused";
    public const string EndedByAdministrator = "ended_by_administrator";
    public const string RevokedByClient = "revoked_by_client";
    public const string Expired = "expired";
}
