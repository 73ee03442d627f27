namespace HaLong.Identity.SignIn;

/// <summary>What came of one attempt to sign in: for the auditor, without name, address or what was typed.</summary>
internal sealed class SignInRecord
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Outcome { get; init; }

    /// <summary>Null when the user name belongs to nobody.</summary>
    public Guid? AccountId { get; init; }

    public string? TraceId { get; init; }
}

/// <summary>The outcomes an attempt can have.</summary>
internal static class SignInOutcome
{
    public const string Succeeded = "succeeded";
    public const string WrongPassword = "wrong_password";
    public const string UnknownAccount = "unknown_account";
    public const string Closed = "closed";
    public const string Locked = "locked";
}
