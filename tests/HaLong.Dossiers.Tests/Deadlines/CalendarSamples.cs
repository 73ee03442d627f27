using HaLong.Dossiers.Deadlines;
using HaLong.Dossiers.Deadlines.Calendars;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Dossiers.Tests.Deadlines;

/// <summary>A calendar that knows this year and the next, whenever the tests run; and dossiers accepted on a day of their choice.</summary>
internal static class CalendarSamples
{
    public static async Task SeedAsync(DossierDbContext db)
    {
        await new CalendarSeed(db, TimeProvider.System).LoadAsync(CancellationToken.None);
        var thisYear = LocalTime.Date(TimeProvider.System.GetUtcNow()).Year;
        foreach (var year in new[] { thisYear, thisYear + 1 })
        {
            if (await db.CalendarYears.AnyAsync(y => y.Year == year))
                continue;
            db.CalendarYears.Add(new CalendarYear { Year = year });
            db.CalendarDays.AddRange(CalendarDraft.Of(year, 2).Select(CalendarDay.Of));
            await db.SaveChangesAsync();
        }
        // Whether a date is assumed must not depend on the day on which the tests run.
        await db.CalendarYears.ExecuteUpdateAsync(y => y.SetProperty(x => x.Confirmed, true));
        await db.CalendarDays.Where(d => d.Source == "draft").ExecuteUpdateAsync(d => d.SetProperty(x => x.Confirmed, true));
    }

    /// <summary>A dossier accepted at a local time; of the land procedure (17 working days) unless said otherwise.</summary>
    public static async Task<Guid> AcceptedAsync(
        ServiceFactory<Program> factory, string accepted, Guid? owner = null, string? resolved = null, string code = DossierFixture.Land)
    {
        await using var scope = factory.Services.CreateAsyncScope();
        var (db, deadlines) = (scope.ServiceProvider.GetRequiredService<DossierDbContext>(), scope.ServiceProvider.GetRequiredService<DeadlineDesk>());
        var procedure = await db.Procedures.AsNoTracking().SingleAsync(p => p.Code == code && p.ValidTo == null);
        var (person, at) = (owner ?? Guid.CreateVersion7(), ClockSamples.At(accepted).ToUniversalTime());
        var dossier = Dossier.Open(
            Guid.CreateVersion7(), procedure, new DossierUnit(DossierFixture.Unit, "Phường Hạ Long", "Ha Long Ward"), new Applicant(person, "Dân", "1234", person, "online"), "Cấp giấy", "{}", [], at);
        var actor = new Actor(Guid.CreateVersion7(), Roles.Officer, DossierFixture.Unit, "Cán bộ");
        Assert.True(dossier.Submit($"000.00.01.H49-{dossier.Id:N}"[..40], procedure, [], new Actor(person, Roles.Citizen, null, "Dân"), at).IsSuccess);
        var deadline = await deadlines.AfterAsync(dossier, ClockEffect.Start, at, null, CancellationToken.None);
        Assert.True(dossier.Accept(actor with { Role = Roles.Reception }, deadline.DueAt!.Value, deadline.Assumed, at).IsSuccess);
        db.Dossiers.Add(dossier);
        db.Record(dossier);
        await db.SaveChangesAsync();
        if (resolved is null)
            return dossier.Id;
        var end = ClockSamples.At(resolved).ToUniversalTime();
        await deadlines.AfterAsync(dossier, ClockEffect.Stop, end, null, CancellationToken.None);
        Assert.True(dossier.Assign(actor, actor.Id, at).IsSuccess);
        Assert.True(dossier.Approve(actor with { Id = Guid.CreateVersion7(), Role = Roles.Approver }, "Đồng ý", Guid.CreateVersion7(), at).IsSuccess);
        Assert.True(dossier.Resolve("ab", end).IsSuccess);
        db.Record(dossier);
        await db.SaveChangesAsync();
        return dossier.Id;
    }
}
