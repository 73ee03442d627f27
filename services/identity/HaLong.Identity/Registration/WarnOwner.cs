using HaLong.Identity.Codes;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Limits;
using HaLong.Identity.Persistence;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Registration;

/// <summary>Tells the owner of an account that somebody registers with his number; at most once a day, so that nobody is pestered through us.</summary>
internal sealed class WarnOwner(
    IdentityDbContext db, RegistrationDrafts drafts, PersonalNumbers numbers, DirectNotices notices, Limiter limiter) : IConsumer<RegistrationStarted>
{
    private static readonly LimitRule Daily = LimitRule.Quota("registration-warning", 1, TimeSpan.FromDays(1));

    public async Task Consume(ConsumeContext<RegistrationStarted> context)
    {
        var ct = context.CancellationToken;
        if (await db.Registrations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == context.Message.RegistrationId, ct) is not { } registration)
            return;

        var index = numbers.IndexOf(PersonalNumber.TryParse(drafts.Open(registration).PersonalNumber)!); // Checked when it was filled in.
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.PersonalNumberIndex == index && !a.IsClosed, ct);
        if (account is null || PhoneNumber.TryParse(account.Phone) is not { IsMobile: true } phone)
            return;
        if (await limiter.TakeAsync(Daily, account.Id.ToString(), ct) is null)
            notices.AddSms(phone.E164, account.Language, NoticeTemplates.RegistrationAttempt);
    }
}
