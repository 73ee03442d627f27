namespace HaLong.Payments.Domain;

/// <summary>How an attempt ended.</summary>
internal enum AttemptState
{
    /// <summary>Under way.</summary>
    Open,

    /// <summary>It paid.</summary>
    Paid,

    /// <summary>Nothing was paid by it.</summary>
    Failed,

    /// <summary>Nobody knows.</summary>
    Unknown,
}

/// <summary>One time that somebody set out to pay.</summary>
internal sealed class PaymentAttempt
{
    public Guid Id { get; init; }

    /// <summary>vietqr, or the name of a provider.</summary>
    public required string Method { get; init; }

    /// <summary>Who set out.</summary>
    public Guid ActorId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public AttemptState State { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>The provider's own number of the transaction, once it is known.</summary>
    public string? ProviderReference { get; private set; }

    /// <summary>When the provider is asked again what became of it; null when nothing is awaited.</summary>
    public DateTimeOffset? QueryAt { get; private set; }

    /// <summary>Waits for the provider: asked again at this time.</summary>
    public void Await(DateTimeOffset next) => QueryAt = next;

    public void End(AttemptState state, DateTimeOffset now, string? providerReference = null) =>
        (State, EndedAt, ProviderReference, QueryAt) = (state, state == AttemptState.Unknown ? null : now, providerReference ?? ProviderReference, state == AttemptState.Unknown ? QueryAt : null);
}
