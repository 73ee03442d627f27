using HaLong.Identity.Assisted;
using HaLong.Identity.Tests.Delegations;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests;

/// <summary>Assisted sessions without the way to them, for tests of what they open.</summary>
internal static class AssistedHelp
{
    public static async Task<Guid> ActiveAsync(
        this IdentitySite site, TestPerson helper, TestPerson citizen, string[] acts, string unit = "06688", Guid? dossierId = null, TimeSpan? expires = null)
    {
        var now = site.Clock.GetUtcNow();
        var session = AssistedSession.Open(Guid.CreateVersion7(now), helper.Id, unit, new AssistedCitizen(citizen.Id, Guid.CreateVersion7().ToByteArray(), citizen.Name),
            "Nộp hồ sơ đất đai", new AssistedPlace(AssistedPlace.Office, "Bưu cục số 1", unit), null, acts, dossierId, now);
        Assert.True(session.ConsentByCode(citizen.Id, now).IsSuccess);
        await site.DatabaseAsync(async db =>
        {
            db.AssistedSessions.Add(session);
            await db.SaveChangesAsync();
            return expires is not { } left ? 0 : await db.AssistedSessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.ExpiresAt, now + left));
        });
        return session.Id;
    }
}
