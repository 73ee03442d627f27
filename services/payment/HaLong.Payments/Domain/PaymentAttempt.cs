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

    /// <summary>Our number of the order at the provider: of each attempt its own, so that a late answer is never taken for another's. Null with vietqr.</summary>
    public string? OrderNumber { get; init; }

    /// <summary>Đồng that the provider was asked to collect; nothing with vietqr.</summary>
    public long Amount { get; init; }

    /// <summary>When the order was sent to the provider. Set before, so that nobody sends it twice.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Where the payer pays, once the provider has said it.</summary>
    public string? RedirectUrl { get; private set; }

    /// <summary>When the provider is asked again what became of it; null when nothing is awaited.</summary>
    public DateTimeOffset? QueryAt { get; private set; }

    /// <summary>How often it was asked.</summary>
    public int Queries { get; private set; }

    /// <summary>Waits for the provider: asked again at this time.</summary>
    public void Await(DateTimeOffset next) => QueryAt = next;

    public void End(AttemptState state, DateTimeOffset now, string? providerReference = null) =>
        (State, EndedAt, ProviderReference, QueryAt) = (state, state == AttemptState.Unknown ? null : now, providerReference ?? ProviderReference, state == AttemptState.Unknown ? QueryAt : null);
}
