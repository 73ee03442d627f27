namespace HaLong.Notifications.Sending;

/// <summary>A message that this process may send now, alone.</summary>
/// <param name="Id">The message.</param>
/// <param name="Channel">Through what.</param>
/// <param name="Claim">Number of this claim: the proof that it is still ours.</param>
internal sealed record ClaimedMessage(Guid Id, Domain.MessageChannel Channel, int Claim);
