using HaLong.Identity.Codes;
using HaLong.Identity.Domain;

namespace HaLong.Identity.Counter;

/// <summary>Tells the owner of an account on the telephone on file, or by e-mail where there is none. The caller saves.</summary>
internal sealed class OwnerNotices(DirectNotices notices)
{
    public void Tell(Account owner, string template)
    {
        if (PhoneNumber.TryParse(owner.Phone) is { IsMobile: true } phone)
            notices.AddSms(phone.E164, owner.Language, template);
        else if (owner.Email is { } email)
            notices.AddEmail(email, owner.Language, template);
    }
}
