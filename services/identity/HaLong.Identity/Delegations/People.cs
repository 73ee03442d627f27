using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Delegations;

/// <summary>
/// Finds a person by number and name together. Either alone finds nobody: a slip of a digit must not reach a stranger, and whoever tries
/// numbers learns nothing.
/// </summary>
internal sealed class People(IdentityDbContext db, PersonalNumbers numbers)
{
    public byte[] IndexOf(PersonalNumber number) => numbers.IndexOf(number);

    /// <summary>The open account with this number, if its name fits too.</summary>
    public async Task<Account?> FindAsync(PersonalNumber number, string name, CancellationToken ct)
    {
        var account = await WithNumberAsync(number, ct);
        return account is { IsClosed: false } && SameName(account.DisplayName, name) ? account : null;
    }

    /// <summary>The account with this number, whatever its name: only to see that the number is taken.</summary>
    public Task<Account?> WithNumberAsync(PersonalNumber number, CancellationToken ct)
    {
        var index = numbers.IndexOf(number);
        return db.Accounts.SingleOrDefaultAsync(a => a.PersonalNumberIndex == index, ct);
    }

    /// <summary>True when two names are the same but for case, accents and spaces.</summary>
    public static bool SameName(string one, string other) => Fold(one) == Fold(other);

    private static string Fold(string name) => string.Join(' ', Text.Fold(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
