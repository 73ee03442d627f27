namespace HaLong.Signatures.Domain.Sessions;

/// <summary>Where a signature is to be seen: PDF points from the lower left corner of a page.</summary>
/// <param name="Document">Number of the document, from 1.</param>
/// <param name="Page">From 1.</param>
/// <param name="X">Left edge.</param>
/// <param name="Y">Lower edge.</param>
/// <param name="Width">In points.</param>
/// <param name="Height">In points.</param>
internal sealed record VisiblePlace(int Document, int Page, double X, double Y, double Width, double Height)
{
    // 14,400 points are the largest page that readers open (ISO 32000-1 annex C).
    private const double Largest = 14_400;

    public bool IsSound(int documents) => Document >= 1 && Document <= documents && Page is >= 1 and <= 100_000
        && X is >= 0 and <= Largest && Y is >= 0 and <= Largest && Width is > 0 and <= Largest && Height is > 0 and <= Largest;
}

/// <summary>Who has to sign, and how far he got. The session moves him.</summary>
internal sealed class SessionSigner
{
    private SessionSigner()
    {
    }

    public Guid Id { get; private set; }

    public Guid SessionId { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>Signers of one number sign in parallel, numbers one after the other.</summary>
    public int Turn { get; private set; }

    /// <summary>As what he signs, in a word for people.</summary>
    public string Role { get; private set; } = "";

    public VisiblePlace? Place { get; private set; }

    public SignerState State { get; private set; }

    /// <summary>Since when he stands so.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Why he refused, in his words.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Why the last order brought no signature: a code.</summary>
    public string Code { get; private set; } = "";

    /// <summary>The last order that was made for him; under way while he is signing.</summary>
    public Guid? OrderId { get; private set; }

    public static SessionSigner Of(Guid session, PlannedSigner plan, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        SessionId = session,
        AccountId = plan.AccountId,
        Turn = plan.Turn,
        Role = plan.Role,
        Place = plan.Place,
        ChangedAt = now,
    };

    /// <returns>False when that cannot follow: nothing has changed.</returns>
    public bool Move(SignerMove move, DateTimeOffset now, string reason = "", string code = "", Guid? order = null)
    {
        if (SigningGraph.Next(State, move) is not { } next)
            return false;
        if (next != State)
            ChangedAt = now;
        (State, Code) = (next, code);
        if (next == SignerState.Refused)
            Reason = reason;
        OrderId = order ?? OrderId;
        return true;
    }
}
