using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Counter;
using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Identity.SignIn;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Federation;

/// <summary>Finds, opens or links the account of a person whom another provider has identified.</summary>
internal sealed class ExternalAccounts(
    IdentityDbContext db, PersonalNumbers numbers, Revocations revocations, SecurityNotices notices, SignInLog log, CredentialWithdrawal withdrawal, TimeProvider time)
{
    private const int Attempts = 3;

    /// <summary>The account this person signs in to.</summary>
    public Task<Result<Account>> SignInAsync(FederatedPerson person, CancellationToken ct) => DecideAsync(() => OfSignInAsync(person, ct), ct);

    /// <summary>Links the person's login to an account that is signed in.</summary>
    public Task<Result<Account>> LinkAsync(FederatedPerson person, Guid accountId, CancellationToken ct) => DecideAsync(() => OfLinkAsync(person, accountId, ct), ct);

    // Somebody else may open or link the same account at this very moment: the database lets one through, the other looks again.
    private async Task<Result<Account>> DecideAsync(Func<Task<Result<Account>>> decide, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var decided = await decide();
                log.Add(decided.IsSuccess ? StepOutcome.Federated : StepOutcome.FederationRefused, decided.IsSuccess ? decided.Value.Id : null);
                await db.SaveChangesAsync(ct);
                return decided;
            }
            catch (DbUpdateException e) when (attempt < Attempts
                && e is DbUpdateConcurrencyException or { InnerException: Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation } })
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task<Result<Account>> OfSignInAsync(FederatedPerson person, CancellationToken ct)
    {
        var login = await LoginOfAsync(person, ct);
        if (login is not null)
        {
            var known = await db.Accounts.SingleAsync(a => a.Id == login.AccountId, ct);
            if (known.IsClosed)
                return IdentityErrors.ExternalAccountClosed;
            return IsAnothersNumber(known, person) ? IdentityErrors.OtherPersonsNumber : Use(login, known, person);
        }

        if (!person.IsCitizen)
            return IdentityErrors.OnlyCitizens;
        if (person.Number is not { } number || person.Name is null)
            return IdentityErrors.ClaimsMissing;
        var index = numbers.IndexOf(number);
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.PersonalNumberIndex == index, ct);
        if (account is { IsClosed: true })
            return IdentityErrors.ExternalAccountClosed;
        // A number that the provider has not verified is a claim, and a claim must not open what somebody else owns.
        if (account is not null && person.Assurance < 2)
            return IdentityErrors.AssuranceTooLow;
        if (account is { Level: < 2 })
            await withdrawal.RunAsync(account, person, ct);
        return Use(NewLogin(person, (account ??= Open(person, number)).Id), account, person);
    }

    private async Task<Result<Account>> OfLinkAsync(FederatedPerson person, Guid accountId, CancellationToken ct)
    {
        if (person.Number is not { } number)
            return IdentityErrors.ClaimsMissing;
        var account = await db.Accounts.SingleAsync(a => a.Id == accountId, ct);
        if (account.IsClosed)
            return IdentityErrors.ExternalAccountClosed;
        var login = await LoginOfAsync(person, ct);
        if (login is not null && login.AccountId != accountId)
            return IdentityErrors.LinkedElsewhere;
        var index = numbers.IndexOf(number);
        if (IsAnothersNumber(account, person) || await db.Accounts.AnyAsync(a => a.Id != accountId && a.PersonalNumberIndex == index, ct))
            return IdentityErrors.OtherPersonsNumber;
        if (account.PersonalNumberIndex is null && person.Assurance >= 2)
            numbers.Set(account, number);
        return Use(login ?? NewLogin(person, accountId), account, person);
    }

    private Task<ExternalLogin?> LoginOfAsync(FederatedPerson person, CancellationToken ct) =>
        db.ExternalLogins.SingleOrDefaultAsync(l => l.Issuer == person.Issuer && l.Subject == person.Subject, ct);

    private bool IsAnothersNumber(Account account, FederatedPerson person) =>
        person.Number is { } number && numbers.Of(account) is { } own && own != number;

    private ExternalLogin NewLogin(FederatedPerson person, Guid accountId)
    {
        var now = time.GetUtcNow();
        var login = new ExternalLogin
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            Issuer = person.Issuer,
            Subject = person.Subject,
            Provider = person.Provider.Name,
            LinkedAt = now,
        };
        db.ExternalLogins.Add(login);
        notices.Add(accountId, SecurityChange.ProviderLinked);
        return login;
    }

    private Account Use(ExternalLogin login, Account account, FederatedPerson person)
    {
        (login.LastUsedAt, login.Assurance) = (time.GetUtcNow(), person.Assurance);
        // Verified by the provider is verified; what a later sign-in of level 1 says does not take it back.
        if (person.Assurance >= 2 && account.Level < 2 && account.PersonalNumberIndex is not null)
        {
            account.SetLevel(2);
            revocations.RightsChanged(account);
            db.Enqueue(new AccountVerified(account.Id, 2, VerificationMethod.Provider, null, time.GetUtcNow()));
        }

        return account;
    }

    private Account Open(FederatedPerson person, PersonalNumber number)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        // Nobody types this name: there is no password to go with it.
        var account = Account.Register(id, $"{person.Provider.Name}-{id:N}", person.Name!, [AccountKind.Citizen], now); // Checked by the caller.
        account.SetContactPoints(person.Email, person.Phone, "vi");
        account.SetBirthDate(person.BirthDate);
        numbers.Set(account, number);
        db.Accounts.Add(account);
        db.Enqueue(new AccountRegistered(id, account.Kind, now));
        return account;
    }
}
