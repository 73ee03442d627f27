using HaLong.Identity.Domain;
using HaLong.Identity.Registration;

namespace HaLong.Identity.Profile.Contacts;

/// <summary>Where the owner is reached.</summary>
/// <param name="Kind">phone or email; also its name in paths.</param>
/// <param name="Value">The number (E.164) or address.</param>
/// <param name="IsVerified">True when a code sent there came back.</param>
/// <param name="VerifiedAt">When, UTC.</param>
internal sealed record ContactPointView(string Kind, string Value, bool IsVerified, DateTimeOffset? VerifiedAt)
{
    /// <summary>Those of an account: the telephone first.</summary>
    public static IReadOnlyList<ContactPointView> Of(Account account, AccountProfile? profile) =>
        [.. Views(account.Phone, ContactKinds.Phone, profile?.PhoneConfirmedAt), .. Views(account.Email, ContactKinds.Email, profile?.EmailConfirmedAt)];

    private static IEnumerable<ContactPointView> Views(string? value, string kind, DateTimeOffset? at) => value is null ? [] : [new ContactPointView(kind, value, at is not null, at)];
}

/// <summary>A number or address as it is kept and compared.</summary>
internal static class ContactValue
{
    /// <summary>The value as it is kept; the refusal when it can be none.</summary>
    public static ServiceDefaults.Result<string> Parse(string kind, string? text)
    {
        if (kind == ContactKinds.Phone)
        {
            return PhoneNumber.TryParse(text) is { IsMobile: true } phone ? phone.E164
                : IdentityErrors.ContactNotValid.WithField("value", "Hãy nhập số điện thoại di động Việt Nam.", "Enter a Vietnamese mobile number.");
        }

        return EmailAddress.Clean(text) is { } email ? email
            : IdentityErrors.ContactNotValid.WithField("value", "Địa chỉ thư điện tử không đúng.", "The e-mail address is not right.");
    }

    public static string? Of(Account account, string kind) => kind == ContactKinds.Phone ? account.Phone : account.Email;

    /// <summary>True when both name the same telephone or mailbox, however they are written.</summary>
    public static bool Same(string kind, string? one, string? other) => kind == ContactKinds.Phone
        ? PhoneNumber.TryParse(one)?.National is { } number && number == PhoneNumber.TryParse(other)?.National
        : one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
