using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Persistence.Schema;
using HaLong.Dossiers.Register;
using HaLong.Dossiers.Tests.Verification;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Register;

/// <summary>The register while services start, stop and are watched.</summary>
public sealed class RegisterOperationTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_running_service_gives_the_numbers_by_itself_one_replica_at_a_time()
    {
        await using var service = await dossiers.NewFactory().WithSetting("Register:Settle", "00:00:00").WithSetting("Register:Interval", "00:00:00.100").StartAsync(waitForBus: false);
        var unit = Registers.NewUnit();
        var client = service.Client(dossiers.Identity.Token());
        var reception = service.Client(dossiers.Identity.Token(roles: [Roles.Reception], unit: unit));
        // A second keeper, as another replica has it.
        using var other = ActivatorUtilities.CreateInstance<RegisterKeeper>(service.Services);
        await other.StartAsync(Ct);
        for (var number = 1; number <= 3; number++)
        {
            var id = await SubmittedAsync(client, Free, unit);
            await BodyAsync(await PostAsync(reception, id, "acceptance"));
            await Eventually.Async(
                () => service.InScopeAsync((DossierDbContext db) => db.RegisterEntries.AnyAsync(e => e.DossierId == id && e.Number == number, Ct)), $"number {number} is given");
        }
        await other.StopAsync(Ct);
    }

    [Fact]
    public async Task Dossiers_accepted_before_there_was_a_register_are_entered_and_those_in_it_are_left_alone()
    {
        await using var register = await Registers.StartAsync(dossiers);
        var unit = Registers.NewUnit();
        var known = await register.AcceptedAsync(unit);
        await register.EnterAsync();
        var old = await register.AcceptedAsync(unit);
        await register.InDbAsync(db => db.RegisterArrivals.Where(a => a.DossierId == old).ExecuteDeleteAsync(Ct));
        Assert.Equal(0, await register.EnterAsync());
        await register.InDbAsync(db => db.Database.ExecuteSqlRawAsync(RegisterSql.Up, Ct));
        Assert.Equal(1, await register.EnterAsync());
        Assert.Equal([(1, known), (2, old)], (await register.EntriesAsync(unit)).Select(e => (e.Number, e.DossierId)));
    }

    [Fact]
    public async Task What_waits_and_what_was_done_is_counted()
    {
        var (counts, ages) = (new ConcurrentDictionary<string, long>(), new ConcurrentDictionary<string, double>());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name.StartsWith("dossier.register", StringComparison.Ordinal))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts[instrument.Name] = Math.Max(value, counts.GetValueOrDefault(instrument.Name)));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => ages[instrument.Name] = Math.Max(value, ages.GetValueOrDefault(instrument.Name)));
        listener.Start();
        await using var register = await Registers.StartAsync(dossiers, settle: "01:00:00");
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        register.Clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(30));
        await register.EnterAsync();
        listener.RecordObservableInstruments();
        Assert.True(counts["dossier.register_waiting"] >= 1);
        Assert.True(ages["dossier.register_wait"] >= 29 * 60, $"{ages["dossier.register_wait"]} s");
        Assert.True(counts.ContainsKey("dossier.register_sealing"));
        register.Clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(90));
        await register.EnterAsync();
        Assert.True(counts["dossier.register_entries"] >= 1);
    }

    [Fact]
    public async Task Closing_while_numbers_are_given_loses_no_dossier_and_leaves_no_gap()
    {
        await using var register = await Registers.StartAsync(dossiers, settings: ("Register:Batch", "5"));
        var unit = Registers.NewUnit();
        var like = await register.AcceptedAsync(unit);
        await register.BulkAsync(like, 100);
        register.Clock.Set(TimeProvider.System.GetUtcNow().AddMinutes(1));
        var approver = register.Official(Roles.Approver, unit);
        var year = LocalTime.Date(register.Clock.GetUtcNow()).Year;
        await Eventually.Async(async () =>
        {
            var closing = Enumerable.Range(0, 3).Select(_ => Registers.CloseAsync(approver, year, new { full = true }));
            var answers = await Task.WhenAll(closing.Append(Task.Run(async () =>
            {
                await register.EnterAsync();
                return new HttpResponseMessage(HttpStatusCode.NoContent);
            })));
            // Entered as a whole, or refused; never anything else.
            Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.NoContent }));
            return !await register.InDbAsync(db => db.RegisterArrivals.AnyAsync(a => a.UnitCode == unit, Ct));
        }, "all are entered", TimeSpan.FromSeconds(90));
        Assert.Equal(Enumerable.Range(1, 101), (await register.EntriesAsync(unit)).Select(e => e.Number));
        var books = await register.InDbAsync(db => db.RegisterBooks.Where(b => b.UnitCode == unit).OrderBy(b => b.Number).ToListAsync(Ct));
        var next = 1;
        foreach (var book in books)
        {
            Assert.Equal(next, book.First);
            next = book.Last + 1;
        }
        Assert.Equal(102, next);
    }

    [Fact]
    public async Task A_real_server_sends_the_spreadsheet_and_the_book_whole_or_in_parts()
    {
        await using var register = await Registers.StartAsync(dossiers, at: LocalTime.Instant(new DateOnly(2026, 12, 30), new TimeOnly(9, 0)));
        var unit = Registers.NewUnit();
        await register.AcceptedAsync(unit);
        await register.EnterAsync();
        register.Clock.Set(LocalTime.Instant(new DateOnly(2027, 1, 2), new TimeOnly(9, 0)));
        var chief = register.Official(Roles.Chief, unit);
        await BodyAsync(await Registers.CloseAsync(chief, 2026));
        await Registers.SealedAsync(chief, 2026, 1);
        var path = $"{Registers.Path}/2026/books/1/pdf";
        var whole = await chief.GetByteArrayAsync(path, Ct);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new RangeHeaderValue(0, 9) } };
        using var part = await chief.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(whole[..10], await part.Content.ReadAsByteArrayAsync(Ct));
        using var known = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { new EntityTagHeaderValue($"\"{PaperDesk.Sha256(whole)}\"") } } };
        Assert.Equal(HttpStatusCode.NotModified, (await chief.SendAsync(known, Ct)).StatusCode);

        await using var server = new Replica(dossiers);
        using var leader = server.Client(dossiers.Identity.Token(roles: [Roles.Leader], unit: unit));
        using var sheet = new ZipArchive(new MemoryStream(await leader.GetByteArrayAsync($"{Registers.Path}.xlsx?year=2026", Ct)));
        Assert.Equal(
            ["[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"],
            sheet.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
    }
}
