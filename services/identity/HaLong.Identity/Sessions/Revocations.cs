using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Sessions;

/// <summary>Something that makes access tokens void before they run out; services read these every few seconds.</summary>
internal sealed class Revocation
{
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Tokens of this session are void.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Tokens of this subject (account or client id) with an epoch below <see cref="Epoch"/> are void.</summary>
    public string? Subject { get; init; }

    public int? Epoch { get; init; }

    /// <summary>This one token is void.</summary>
    public string? TokenId { get; init; }
}

/// <summary>Ends sessions and voids tokens. Adds rows; the caller saves them together with what made it necessary.</summary>
internal sealed class Revocations(IdentityDbContext db, TimeProvider time)
{
    /// <summary>Ends one session: its cookie, its refresh tokens and its access tokens; every client that got tokens in it is told.</summary>
    public void End(Session session, string reason)
    {
        if (session.EndedAt is not null)
            return;
        var now = time.GetUtcNow();
        session.End(reason, now);
        db.Revocations.Add(new Revocation { Id = Guid.CreateVersion7(now), At = now, SessionId = session.Id });
        db.Enqueue(new SessionEnded(session.Id, session.AccountId, reason, now));
    }

    /// <summary>Ends every open session of an account, but for the one to keep.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> EndAllAsync(Guid accountId, string reason, Guid? keep, CancellationToken ct)
    {
        var open = await db.Sessions.Where(s => s.AccountId == accountId && s.EndedAt == null && s.Id != keep).ToListAsync(ct);
        open.ForEach(session => End(session, reason));
        return open.Count;
    }

    /// <summary>Voids a single access token.</summary>
    public void EndToken(string tokenId)
    {
        var now = time.GetUtcNow();
        db.Revocations.Add(new Revocation { Id = Guid.CreateVersion7(now), At = now, TokenId = tokenId });
    }

    /// <summary>Voids every token a client got for itself; its next one needs a registration that is there and in force.</summary>
    public void EndClient(string clientId)
    {
        var now = time.GetUtcNow();
        db.Revocations.Add(new Revocation { Id = Guid.CreateVersion7(now), At = now, Subject = clientId, Epoch = 1 });
    }

    /// <summary>What tokens say of the account is no longer true (roles, unit, level): they are void, a refresh brings the new truth.</summary>
    public void RightsChanged(Account account)
    {
        account.NextEpoch();
        var now = time.GetUtcNow();
        db.Revocations.Add(new Revocation { Id = Guid.CreateVersion7(now), At = now, Subject = account.Id.ToString(), Epoch = account.Epoch });
    }
}
