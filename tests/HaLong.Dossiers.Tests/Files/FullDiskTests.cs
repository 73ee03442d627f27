using System.Net;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;
using static HaLong.Dossiers.Tests.Files.TusClient;

namespace HaLong.Dossiers.Tests.Files;

/// <summary>A disk that is really full: said with 503, nothing left behind, and gone on with once there is room.</summary>
public sealed class FullDiskTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_file_that_finds_no_room_is_refused_and_leaves_nothing()
    {
        using var disk = SmallDisk.Mount();
        await using var service = await dossiers.NewFactory().WithSetting("Files:Path", disk.Path).StartAsync(waitForBus: false);
        var client = service.Client(dossiers.Identity.Token());
        var id = (await OpenAsync(client)).GetProperty("id").GetGuid();
        using var refused = await UploadAsync(client, id, 1, Samples.Pdf("lớn", 2_000_000));
        await RefusedAsync(refused, 503, "DOS-0009");
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Empty(disk.Files);
        Assert.Empty((await ViewAsync(client, id)).GetProperty("documents").EnumerateArray());

        // The disk has room for a small one, and with a key of its own the large one is tried anew, not replayed.
        await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("nhỏ")), HttpStatusCode.Created);
        for (var times = 0; times < 2; times++)
            await RefusedAsync(await UploadAsync(client, id, 1, Samples.Pdf("lớn", 2_000_000), key: "lon"), 503, "DOS-0009");
        Assert.Single(disk.Files);
    }

    [Fact]
    public async Task A_resumable_upload_keeps_what_had_room_and_goes_on_later()
    {
        using var disk = SmallDisk.Mount();
        await using var service = await dossiers.NewFactory().WithSetting("Files:Path", disk.Path).StartAsync(waitForBus: false);
        var client = service.Client(dossiers.Identity.Token());
        var content = Samples.Pdf("đơn", 200_000);
        var url = await CreatedAsync(client, content.Length);
        using (var first = await PatchAsync(client, url, 0, content[..100_000]))
            Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        disk.Fill();
        await RefusedAsync(await PatchAsync(client, url, 100_000, content[100_000..]), 503, "DOS-0009");
        Assert.Equal(100_000, await OffsetAsync(client, url));
        disk.Free();
        using (var rest = await PatchAsync(client, url, 100_000, content[100_000..]))
            Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        var id = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var document = await BodyAsync(await PostAsync(client, id, "documents", new { component = 1, uploadIds = new[] { IdOf(url) } }), HttpStatusCode.Created);
        Assert.Equal(content, await client.GetByteArrayAsync($"/api/v1/dossiers/{id}/documents/{document.GetProperty("id").GetGuid()}", Ct));
    }

    [Fact]
    public async Task A_receipt_that_finds_no_room_keeps_the_dossier_where_it_was()
    {
        using var disk = SmallDisk.Mount();
        await using var service = await dossiers.NewFactory().WithSetting("Files:Path", disk.Path).StartAsync(waitForBus: false);
        var (client, reception) = (service.Client(dossiers.Identity.Token()), service.Client(dossiers.Identity.Token(roles: [Roles.Reception], unit: Unit)));
        var id = await SubmittedAsync(client);
        disk.Fill();
        await RefusedAsync(await PostAsync(reception, id, "acceptance"), 503, "DOS-0009");
        Assert.Equal("SUBMITTED", (await ViewAsync(client, id)).GetProperty("status").GetString());
        disk.Free();
        Assert.Equal("ACCEPTED", (await BodyAsync(await PostAsync(reception, id, "acceptance"))).GetProperty("status").GetString());
    }
}
