using System.Net;
using System.Security.Cryptography;
using HaLong.Dossiers.Archive.Exports;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.Archive.Closed;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Archive;

/// <summary>Closed dossiers written into the archive in the background.</summary>
public sealed class ExportTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static DateOnly Today => LocalTime.Date(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task What_ended_in_the_period_is_written_marked_and_told()
    {
        var (unit, client) = (NewUnit(), dossiers.Citizen());
        var ids = new[] { await WithdrawnAsync(client, unit: unit), await WithdrawnAsync(client, unit: unit) };
        var old = await WithdrawnAsync(client, unit: unit);
        await AgeAsync(dossiers, old, 1);
        var open = await SubmittedAsync(client, Free, unit);
        var administrator = dossiers.Administrator(unit);
        var export = (await BodyAsync(await OrderAsync(administrator, unit), HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        await Eventually.Async(async () =>
        {
            await dossiers.RoundAsync();
            return (await GetAsync(administrator, $"{Exports}/{export}")).GetProperty("finished").GetBoolean();
        }, "the export is through");
        var view = await GetAsync(administrator, $"{Exports}/{export}");
        Assert.Equal((2, 2, 0), (view.GetProperty("total").GetInt32(), view.GetProperty("done").GetInt32(), view.GetProperty("failed").GetInt32()));

        var items = (await GetAsync(administrator, $"{Exports}/{export}/items?limit=1")).GetProperty("items").EnumerateArray()
            .Concat((await GetAsync(administrator, $"{Exports}/{export}/items?limit=1&after={(await GetAsync(administrator, $"{Exports}/{export}/items?limit=1")).GetProperty("after").GetString()}")).GetProperty("items").EnumerateArray()).ToList();
        Assert.Equal(ids.Order(), items.Select(i => i.GetProperty("dossierId").GetGuid()).Order());
        foreach (var item in items)
        {
            Assert.Equal($"archive/{unit}/{item.GetProperty("code").GetString()}.zip", item.GetProperty("key").GetString());
            var content = await File.ReadAllBytesAsync(Path.Combine(dossiers.Folder, item.GetProperty("key").GetString()!), Ct);
            Assert.Equal(item.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(content)));
            Assert.Contains("manifest.jws", (await UnpackAsync(new MemoryStream(content))).Keys);
        }
        foreach (var id in ids)
            Assert.NotNull((await RowAsync(dossiers, id)).ArchivedAt);
        foreach (var id in new[] { old, open })
            Assert.Null((await RowAsync(dossiers, id)).ArchivedAt);
        // The sweep of files leaves the archive alone.
        Assert.Equal(2, Directory.GetFiles(Path.Combine(dossiers.Folder, "archive", unit)).Length);
    }

    [Fact]
    public async Task Replicas_share_an_export_and_each_dossier_is_written_once()
    {
        var (unit, client) = (NewUnit(), dossiers.Citizen());
        for (var i = 0; i < 4; i++)
            await WithdrawnAsync(client, unit: unit);
        var export = await dossiers.InDbAsync(async db =>
        {
            var row = new ArchiveExport { Id = Guid.CreateVersion7(), UnitCode = unit, ClosedFrom = Today, ClosedTo = Today, RequestedAt = TimeProvider.System.GetUtcNow() };
            db.ArchiveExports.Add(row);
            db.ArchiveItems.AddRange(await db.Dossiers.Where(d => d.UnitCode == unit).Select(d => new ArchiveItem { ExportId = row.Id, DossierId = d.Id }).ToListAsync(Ct));
            await db.SaveChangesAsync(Ct);
            return row.Id;
        });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => dossiers.RoundAsync()));
        await Eventually.Async(
            async () => (await dossiers.InDbAsync(db => db.ArchiveItems.Where(i => i.ExportId == export).Select(i => i.State).ToListAsync(Ct))).SequenceEqual(["done", "done", "done", "done"]), "all are written");
        Assert.Equal(4, Directory.GetFiles(Path.Combine(dossiers.Folder, "archive", unit)).Length);
        Assert.Empty(Directory.GetFiles(Path.Combine(dossiers.Folder, "incoming")));
    }

    [Fact]
    public async Task A_damaged_dossier_is_told_and_does_not_keep_the_others_waiting()
    {
        var (unit, client) = (NewUnit(), dossiers.Citizen());
        var (bad, good) = (await WithdrawnAsync(client, unit: unit), await WithdrawnAsync(client, unit: unit));
        var sha = (await ViewAsync(client, bad)).GetProperty("documents")[0].GetProperty("sha256").GetString()!;
        File.Delete(Path.Combine(dossiers.Folder, sha[..2], sha));
        var export = (await BodyAsync(await OrderAsync(dossiers.Administrator(unit), unit), HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        var view = await Eventually.ValueAsync(() => GetAsync(dossiers.Administrator(unit), $"{Exports}/{export}"), v => v.GetProperty("finished").GetBoolean(), "the export is through");
        Assert.Equal((1, 1), (view.GetProperty("done").GetInt32(), view.GetProperty("failed").GetInt32()));
        Assert.NotNull((await RowAsync(dossiers, good)).ArchivedAt);
        Assert.Null((await RowAsync(dossiers, bad)).ArchivedAt);
    }

    [Fact]
    public async Task With_the_archive_out_of_reach_the_work_waits_and_goes_on_later()
    {
        var (unit, client) = (NewUnit(), dossiers.Citizen());
        var id = await WithdrawnAsync(client, unit: unit);
        Directory.CreateDirectory(Path.Combine(dossiers.Folder, "archive"));
        var inTheWay = Path.Combine(dossiers.Folder, "archive", unit);
        await File.WriteAllTextAsync(inTheWay, "x", Ct);
        var export = (await BodyAsync(await OrderAsync(dossiers.Administrator(unit), unit), HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        await dossiers.RoundAsync();
        Assert.False((await GetAsync(dossiers.Administrator(unit), $"{Exports}/{export}")).GetProperty("finished").GetBoolean());
        Assert.Null((await RowAsync(dossiers, id)).ArchivedAt);
        File.Delete(inTheWay);
        await Eventually.Async(async () =>
        {
            await dossiers.RoundAsync();
            return (await RowAsync(dossiers, id)).ArchivedAt is not null;
        }, "it is written");
    }

    [Fact]
    public async Task Only_administrators_of_the_unit_or_of_the_province_order_exports()
    {
        var (unit, client) = (NewUnit(), dossiers.Citizen());
        var administrator = dossiers.Administrator(unit);
        foreach (var (body, field) in new (object, string)[]
        {
            (new { closedFrom = Today, closedTo = Today }, "unit"),
            (new { unit, closedTo = Today }, "closedFrom"),
            (new { unit, closedFrom = Today }, "closedTo"),
            (new { unit, closedFrom = Today, closedTo = Today.AddDays(-1) }, "closedTo"),
        })
            Assert.Contains(field, (await RefusedAsync(await SendAsync(administrator, Exports, body), 400, "DOS-0006")).GetProperty("errors").EnumerateObject().Select(e => e.Name));
        await RefusedAsync(await OrderAsync(dossiers.Administrator(OtherUnit), unit), 403, "DOS-0654");
        Assert.Equal(HttpStatusCode.Forbidden, (await OrderAsync(dossiers.Official(Roles.Chief, unit), unit)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await OrderAsync(client, unit)).StatusCode);
        var export = (await BodyAsync(await OrderAsync(dossiers.Administrator(Province), unit, "xuat"), HttpStatusCode.Accepted)).GetProperty("id").GetGuid();
        var again = dossiers.Administrator(Province, id: Guid.CreateVersion7());
        var two = new[] { await BodyAsync(await OrderAsync(again, unit, "lan-hai"), HttpStatusCode.Accepted), await BodyAsync(await OrderAsync(again, unit, "lan-hai"), HttpStatusCode.Accepted) };
        Assert.Equal(two[0].GetProperty("id").GetGuid(), two[1].GetProperty("id").GetGuid());
        await RefusedAsync(await dossiers.Administrator(OtherUnit).GetAsync($"{Exports}/{export}", Ct), 403, "DOS-0654");
        await RefusedAsync(await administrator.GetAsync($"{Exports}/{Guid.CreateVersion7()}", Ct), 404, "DOS-0653");
        await RefusedAsync(await administrator.GetAsync($"{Exports}/{Guid.CreateVersion7()}/items", Ct), 404, "DOS-0653");
        await RefusedAsync(await administrator.GetAsync($"{Exports}/{export}/items?after=WyJ4Il0", Ct), 400, "DOS-0006");
        dossiers.Neighbours.IdentityDown = true;
        await RefusedAsync(await OrderAsync(dossiers.Administrator("06" + NewUnit()[3..]), unit), 503, "DOS-0010");
        dossiers.Neighbours.IdentityDown = false;
    }

    private static Task<HttpResponseMessage> OrderAsync(HttpClient client, string unit, string? key = null) => SendAsync(client, Exports, new { unit, closedFrom = Today, closedTo = Today }, key);
}
