using HaLong.Identity.Consents;
using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.PersonalData;

/// <summary>Rights that belong to the person and to nobody who acts for the person.</summary>
internal static class OwnData
{
    public static Error? Refusal(Caller caller) => caller.ActsForAnother || caller.AccountId == Guid.Empty ? IdentityErrors.OnlyInPerson : null;

    public static ConsentProof Proof(Caller caller) => new(caller.Channel, caller.SessionId, caller.ActorId);
}
