using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
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
}

/// <summary>Ends sessions and voids tokens. Adds rows; the caller saves them together with what made it necessary.</summary>
internal sealed class Revocations(IdentityDbContext db, TimeProvider time)
{
    /// <summary>Ends one session: its cookie, its refresh tokens and its access tokens.</summary>
    public void End(Session session, string reason)
    {
        if (session.EndedAt is not null)
            return;
        var now = time.GetUtcNow();
        session.End(reason, now);
        db.Revocations.Add(new Revocation { Id = Guid.CreateVersion7(now), At = now, SessionId = session.Id });
    }

    /// <summary>Ends every open session of an account, but for the one to keep.</summary>
    public async Task EndAllAsync(Guid accountId, string reason, Guid? keep, CancellationToken ct)
    {
        foreach (var session in await db.Sessions.Where(s => s.AccountId == accountId && s.EndedAt == null && s.Id != keep).ToListAsync(ct))
            End(session, reason);
    }

    /// <summary>What tokens say of the account is no longer true (roles, unit, level): they are void, a refresh brings the new truth.</summary>
    public void RightsChanged(Account account)
    {
        account.NextEpoch();
        var now = time.GetUtcNow();
        db.Revocations.Add(new Revocation { Id = Guid.CreateVersion7(now), At = now, Subject = account.Id.ToString(), Epoch = account.Epoch });
    }
}
