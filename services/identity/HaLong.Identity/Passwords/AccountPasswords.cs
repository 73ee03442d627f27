using HaLong.Identity.Codes;
using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Keys;
using HaLong.Identity.Sessions;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Identity;

namespace HaLong.Identity.Passwords;

/// <summary>Changes the password of an account and ends what the old one opened. Nothing is saved here.</summary>
internal sealed class AccountPasswords(
    PasswordRules rules, IPasswordHasher<Account> hasher, PersonalNumbers numbers, Revocations revocations, SecurityNotices security, DirectNotices notices)
{
    public const string Changed = "password_changed";

    public IReadOnlyList<FieldMessage> Check(Account account, string? password, string field = "password") => rules.Check(
        password, new PasswordOwner(account.UserName, numbers.Of(account)?.Value, account.Phone, account.DisplayName, account.BirthDate), field);

    public bool IsRight(Account account, string? password) => account.PasswordHash.Length > 0 && !string.IsNullOrEmpty(password) && password.Length <= PasswordRules.Longest
        && hasher.VerifyHashedPassword(account, account.PasswordHash, password.Normalize()) != PasswordVerificationResult.Failed;

    /// <summary>Composed letters, as at sign-in: the same Vietnamese word comes in several forms from several keyboards.</summary>
    public void Set(Account account, string password) => account.SetPasswordHash(hasher.HashPassword(account, password.Normalize()));

    /// <summary>Sets it, ends all sessions but one, and tells the owner.</summary>
    public async Task ChangeAsync(Account account, string password, Guid? keep, CancellationToken ct)
    {
        Set(account, password);
        await revocations.EndAllAsync(account.Id, EndReasons.PasswordChanged, keep, ct);
        security.Add(account.Id, Changed);
        if (PhoneNumber.TryParse(account.Phone) is { IsMobile: true } phone)
            notices.AddSms(phone.E164, account.Language, NoticeTemplates.PasswordChanged);
    }
}
