using HaLong.Identity.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Assisted;

/// <summary>Where a helper assists.</summary>
/// <param name="Kind">office or home.</param>
/// <param name="Text">Name of the office; null at home, where the address is personal data and sealed.</param>
/// <param name="Unit">Unit in which it lies.</param>
internal sealed record AssistedPlace(string Kind, string? Text, string Unit)
{
    public const string Office = "office";
    public const string Home = "home";
}

/// <summary>Who is to be assisted, as the helper typed it.</summary>
/// <param name="AccountId">The account that number and name fit; null when none does.</param>
/// <param name="NumberIndex">Blind index of the number typed.</param>
/// <param name="Name">Name typed.</param>
internal sealed record AssistedCitizen(Guid? AccountId, byte[] NumberIndex, string Name);

/// <summary>
/// A helper works beside a citizen, in the citizen's name, for a purpose that the citizen agreed to: by a code that came to his own phone, or
/// on paper before a second helper. It lasts an hour, is bound to one dossier, and never reaches password, sign-in codes or signature.
/// </summary>
internal sealed class AssistedSession
{
    /// <summary>How long consent may take, and a witness after it.</summary>
    public static readonly TimeSpan ConsentWindow = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan Length = TimeSpan.FromMinutes(60);

    private AssistedSession()
    {
    }

    public Guid Id { get; private set; }

    public Guid HelperId { get; private set; }

    public string HelperUnit { get; private set; } = "";

    public Guid? CitizenId { get; private set; }

    public byte[] CitizenIndex { get; private set; } = [];

    public string CitizenName { get; private set; } = "";

    public string Purpose { get; private set; } = "";

    public string PlaceKind { get; private set; } = "";

    public string? PlaceText { get; private set; }

    public string PlaceUnit { get; private set; } = "";

    /// <summary>Address of a home visit, sealed.</summary>
    public byte[]? SealedAddress { get; private set; }

    /// <summary>Number and telephone for an account that is to be opened, sealed; erased when it is open or never will be.</summary>
    public byte[]? SealedOpening { get; private set; }

    public string[] Acts { get; private set; } = [];

    public Guid? DossierId { get; private set; }

    /// <summary>One of <see cref="AssistedState"/>, as stored; see <see cref="StateAt"/>.</summary>
    public string State { get; private set; } = AssistedState.AwaitingConsent;

    /// <summary>The question behind the code that was sent; null when there was nobody to send it to.</summary>
    public Guid? CodeId { get; private set; }

    /// <summary>code or paper.</summary>
    public string? ConsentKind { get; private set; }

    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>When it lapses unless something happens before.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? ConsentedAt { get; private set; }

    public Guid? WitnessId { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Who ended it; null when time did.</summary>
    public Guid? EndedBy { get; private set; }

    public uint Version { get; private set; }

    public static AssistedSession Open(
        Guid id, Guid helperId, string helperUnit, AssistedCitizen citizen, string purpose, AssistedPlace place, byte[]? sealedAddress, string[] acts,
        Guid? dossierId, DateTimeOffset now, byte[]? sealedOpening = null) => new()
        {
            Id = id,
            HelperId = helperId,
            HelperUnit = helperUnit,
            CitizenId = citizen.AccountId,
            CitizenIndex = citizen.NumberIndex,
            CitizenName = citizen.Name,
            Purpose = purpose,
            PlaceKind = place.Kind,
            PlaceText = place.Text,
            PlaceUnit = place.Unit,
            SealedAddress = sealedAddress,
            SealedOpening = sealedOpening,
            Acts = acts,
            DossierId = dossierId,
            OpenedAt = now,
            ExpiresAt = now + ConsentWindow,
        };

    /// <summary>The state at a moment: what has run out is over, whether or not anything has tidied up yet.</summary>
    public string StateAt(DateTimeOffset now) => EndedAt is null && now >= ExpiresAt ? AssistedState.Expired : State;

    public bool IsOpenAt(DateTimeOffset now) => StateAt(now) is AssistedState.AwaitingConsent or AssistedState.AwaitingWitness or AssistedState.Active;

    public bool IsActiveAt(DateTimeOffset now) => StateAt(now) == AssistedState.Active;

    /// <summary>Remembers which code was sent.</summary>
    public void AskedBy(Guid codeId) => CodeId = codeId;

    public Result ConsentByCode(Guid citizenId, DateTimeOffset now)
    {
        if (StateAt(now) != AssistedState.AwaitingConsent)
            return IdentityErrors.AssistedWrongState;
        Activate("code", citizenId, now);
        return Result.Success;
    }

    /// <summary>The paper is scanned; a second helper must have seen it signed.</summary>
    public Result ConsentOnPaper(DateTimeOffset now)
    {
        if (StateAt(now) != AssistedState.AwaitingConsent)
            return IdentityErrors.AssistedWrongState;
        (State, ConsentKind, ExpiresAt) = (AssistedState.AwaitingWitness, "paper", now + ConsentWindow);
        return Result.Success;
    }

    public Result Witness(Guid witnessId, string? unit, Guid citizenId, DateTimeOffset now)
    {
        if (StateAt(now) != AssistedState.AwaitingWitness)
            return IdentityErrors.AssistedWrongState;
        if (witnessId == HelperId || unit != HelperUnit || witnessId == citizenId)
            return IdentityErrors.WitnessNotAnother;
        WitnessId = witnessId;
        Activate("paper", citizenId, now);
        return Result.Success;
    }

    public Result End(Guid by, DateTimeOffset now)
    {
        if (!IsOpenAt(now))
            return IdentityErrors.AssistedOver;
        (State, EndedAt, EndedBy, SealedOpening) = (by == CitizenId ? AssistedState.Revoked : AssistedState.Ended, now, by, null);
        return Result.Success;
    }

    /// <summary>Writes down that its time is over; false when it is not. What was active lasted until its end, not until it was noticed.</summary>
    public bool Expire(DateTimeOffset now)
    {
        if (EndedAt is not null || now < ExpiresAt)
            return false;
        (State, EndedAt, SealedOpening) = (AssistedState.Expired, ExpiresAt, null);
        return true;
    }

    private void Activate(string consent, Guid citizenId, DateTimeOffset now) =>
        (State, ConsentKind, CitizenId, ConsentedAt, ExpiresAt, SealedOpening) = (AssistedState.Active, consent, citizenId, now, now + Length, null);
}

/// <summary>States of an assisted session, as on the wire.</summary>
internal static class AssistedState
{
    public const string AwaitingConsent = "awaitingConsent";
    public const string AwaitingWitness = "awaitingWitness";
    public const string Active = "active";

    /// <summary>By the helper.</summary>
    public const string Ended = "ended";

    /// <summary>By the citizen.</summary>
    public const string Revoked = "revoked";

    /// <summary>By time.</summary>
    public const string Expired = "expired";
}

/// <summary>What was done in an assisted session, counted.</summary>
internal sealed class AssistedDeed
{
    public required Guid SessionId { get; init; }

    public required string Act { get; init; }

    public int Count { get; init; }

    public DateTimeOffset LastAt { get; init; }
}

/// <summary>The scanned consent, sealed: who signs it trusts us with his signature and his number.</summary>
internal sealed class PaperConsent
{
    /// <summary>That of the session.</summary>
    public required Guid Id { get; init; }

    public required byte[] SealedScan { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Of the scan as it came, so that it can be proved unchanged.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
