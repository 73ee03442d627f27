namespace HaLong.Payments.Domain;

/// <summary>A change of state that is not told yet.</summary>
/// <param name="Sequence">Number within the request, from 1 without gaps.</param>
/// <param name="From">Before; null for the first.</param>
/// <param name="Step">What happened.</param>
/// <param name="To">Afterwards.</param>
/// <param name="At">When, UTC.</param>
internal sealed record PaymentChange(int Sequence, PaymentState? From, PaymentStep? Step, PaymentState To, DateTimeOffset At);
