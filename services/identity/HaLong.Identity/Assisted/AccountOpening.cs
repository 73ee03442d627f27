using System.Text.Json;
using HaLong.Identity.Contracts;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Assisted;

/// <summary>
/// Opens the account of a citizen who has none, once he has agreed. It has no password: the citizen sets one later by the way for forgotten
/// passwords, with a code to his telephone, so that the helper never knows it.
/// </summary>
internal sealed class AccountOpening(IdentityDbContext db, FieldVault vault, PersonalNumbers numbers, AssistedDeeds deeds, TimeProvider time)
{
    /// <summary>Whose session it is: the account known, or one opened now. Null when there is neither. Adds rows; the caller saves.</summary>
    public async Task<Guid?> CitizenOfAsync(AssistedSession session, CancellationToken ct)
    {
        if (session.CitizenId is { } known)
            return await db.Accounts.AnyAsync(a => a.Id == known && !a.IsClosed, ct) ? known : null;
        if (!session.Acts.Contains(Acts.AccountOpen) || session.SealedOpening is not { } box)
            return null;
        var opening = JsonSerializer.Deserialize<Opening>(vault.Open(AssistedSeals.Opening, session.Id.ToString(), box));
        if (PersonalNumber.TryParse(opening?.Number) is not { } number)
            return null;

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        // The name is nobody's to remember: he signs in with his telephone or personal number.
        var account = Account.Register(id, id.ToString("N"), session.CitizenName, [Roles.Citizen], now);
        // Somebody may have registered meanwhile: the database lets one account through, and this consent is given again.
        numbers.Set(account, number);
        account.SetContactPoints(null, opening!.Phone, "vi");
        db.Accounts.Add(account);
        db.Enqueue(new AccountRegistered(account.Id, account.Kind, now));
        deeds.Add(session.Id, Acts.AccountOpen, now);
        return id;
    }
}
