using System.Diagnostics.Metrics;
using System.Net;
using HaLong.Dossiers.Archive;
using HaLong.Dossiers.Archive.Destruction;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Tests.Documents;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.Archive.Closed;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>The archive in a bucket, its metrics, and files that come and go at the same moment.</summary>
public sealed class ArchiveStorageTests(DossierFixture dossiers, S3Server server) : IClassFixture<DossierFixture>, IClassFixture<S3Server>
{
    private const string Procedure = "1.010041";

    [Fact]
    public async Task Exports_lie_in_the_bucket_and_go_with_the_dossier()
    {
        var folder = Directory.CreateTempSubdirectory("dossier-archive-waiting").FullName;
        await using var own = await dossiers.NewFactory()
            .WithSetting("Files:S3:ServiceUrl", server.Url).WithSetting("Files:S3:Bucket", S3Server.Bucket).WithSetting("Archive:Prefix", "luu-tru/2026")
            .WithSetting("Files:S3:AccessKey", "S3RVER").WithSetting("Files:S3:SecretKey", "S3RVER").WithSetting("Files:Path", folder).StartAsync();
        var (unit, client) = (NewUnit(), own.Client(dossiers.Identity.Token()));
        var id = await WithdrawnAsync(client, Procedure, unit);
        var administrators = Enumerable.Range(0, 2).Select(_ => own.Client(dossiers.Identity.Token(roles: [Roles.Administrator], unit: unit, strong: true))).ToList();
        var today = LocalTime.Date(TimeProvider.System.GetUtcNow());
        var export = (await BodyAsync(await SendAsync(administrators[0], Exports, new { unit, closedFrom = today, closedTo = today }), HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        await Eventually.Async(async () => (await GetAsync(administrators[0], $"{Exports}/{export}")).GetProperty("done").GetInt32() == 1, "it is exported");
        var key = (await GetAsync(administrators[0], $"{Exports}/{export}/items")).GetProperty("items")[0].GetProperty("key").GetString()!;
        Assert.StartsWith($"luu-tru/2026/{unit}/", key, StringComparison.Ordinal);
        var blobs = own.Services.GetRequiredService<IBlobs>();
        await using (var zip = await blobs.OpenAsync(key, Ct))
        {
            using var copy = new MemoryStream();
            await zip.CopyToAsync(copy, Ct);
            copy.Position = 0;
            Assert.Contains("manifest.jws", (await UnpackAsync(copy)).Keys);
        }
        await own.InScopeAsync(async (Persistence.DossierDbContext db) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.Database.ExecuteSqlAsync($"SELECT set_config('halong.destroying', 'on', true)", Ct);
            await db.Database.ExecuteSqlAsync($"UPDATE dossier SET closed_at = closed_at - interval '21 years' WHERE id = {id}", Ct);
            await transaction.CommitAsync(Ct);
            return true;
        });
        var list = (await BodyAsync(await SendAsync(administrators[0], Lists, new { unit, legalBasis = "Quyết định số 1" }), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await BodyAsync(await SendAsync(administrators[1], $"{Lists}/{list}/approval"));
        await Eventually.Async(async () => (await GetAsync(administrators[0], $"{Lists}/{list}")).GetProperty("state").GetString() == "executed", "it is destroyed");
        Assert.False(await blobs.ExistsAsync(key, Ct));
    }

    [Fact]
    public async Task Whoever_uses_a_content_again_while_it_is_destroyed_has_it_or_is_told()
    {
        for (var round = 0; round < 3; round++)
        {
            var (unit, client) = (NewUnit(), dossiers.Citizen());
            var id = await WithdrawnAsync(client, Procedure, unit);
            await AgeAsync(dossiers, id, 21);
            var paper = (await ViewAsync(client, id)).GetProperty("documents")[0].GetProperty("id").GetGuid();
            var draft = (await OpenAsync(client)).GetProperty("id").GetGuid();
            var list = (await BodyAsync(await SendAsync(dossiers.Administrator(unit), Lists, new { unit, legalBasis = "Quyết định số 1" }), HttpStatusCode.Created)).GetProperty("id").GetGuid();
            var reuse = PostAsync(client, draft, "documents/reuse", new { component = 1, documentId = paper });
            var approval = SendAsync(dossiers.Administrator(unit), $"{Lists}/{list}/approval");
            await BodyAsync(await approval);
            using var answer = await reuse;
            await Eventually.Async(async () =>
            {
                await dossiers.RoundAsync();
                return (await GetAsync(dossiers.Administrator(unit), $"{Lists}/{list}")).GetProperty("state").GetString() == "executed";
            }, "the list is executed");
            var documents = (await ViewAsync(client, draft)).GetProperty("documents").EnumerateArray().ToList();
            Assert.Equal(answer.StatusCode == HttpStatusCode.Created ? 1 : 0, documents.Count);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable });
            foreach (var document in documents)
                Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"/api/v1/dossiers/{draft}/documents/{document.GetProperty("id").GetGuid()}", Ct)).StatusCode);
        }
    }

    [Fact]
    public async Task What_is_done_and_what_waits_can_be_seen()
    {
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener();
        var factory = dossiers.Factory.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory) && instrument.Name.StartsWith("dossier.", StringComparison.Ordinal))
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (seen)
                seen[instrument.Name] = (instrument.IsObservable ? 0 : seen.GetValueOrDefault(instrument.Name)) + value;
        });
        listener.Start();
        var telemetry = dossiers.Factory.Services.GetRequiredService<ArchiveTelemetry>();
        telemetry.Archived();
        telemetry.Destroyed();
        telemetry.DraftsExpired(3);
        telemetry.Waiting(4, 5);
        listener.RecordObservableInstruments();
        lock (seen)
            Assert.True(seen["dossier.archived"] >= 1 && seen["dossier.destroyed"] >= 1 && seen["dossier.drafts_expired"] >= 3);

        // What waits is counted in each round.
        var unit = NewUnit();
        await AgeAsync(dossiers, await WithdrawnAsync(dossiers.Citizen(), Procedure, unit), 21);
        var list = (await BodyAsync(await SendAsync(dossiers.Administrator(unit), Lists, new { unit, legalBasis = "Quyết định số 1" }), HttpStatusCode.Created)).GetProperty("id").GetGuid();
        await dossiers.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM destruction_item WHERE list_id = {list} FOR UPDATE", Ct);
            await BodyAsync(await SendAsync(dossiers.Administrator(unit), $"{Lists}/{list}/approval"));
            await dossiers.RoundAsync();
            listener.RecordObservableInstruments();
            lock (seen)
                Assert.True(seen["dossier.destruction_waiting"] >= 1);
            await transaction.CommitAsync(Ct);
            return true;
        });
        await Eventually.Async(async () =>
        {
            await dossiers.RoundAsync();
            listener.RecordObservableInstruments();
            lock (seen)
                return seen["dossier.destruction_waiting"] == 0;
        }, "nothing waits any more");
        Assert.Equal(DestructionState.Executed, await dossiers.InDbAsync(db => db.DestructionLists.Where(l => l.Id == list).Select(l => l.State).SingleAsync(Ct)));
    }
}
