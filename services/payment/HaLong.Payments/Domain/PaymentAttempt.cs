namespace HaLong.Payments.Domain;

/// <summary>One time that somebody set out to pay.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Method">vietqr.</param>
/// <param name="ActorId">Who set out.</param>
/// <param name="CreatedAt">When, UTC.</param>
internal sealed record PaymentAttempt(Guid Id, string Method, Guid ActorId, DateTimeOffset CreatedAt);
