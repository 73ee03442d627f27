using System.Net;
using System.Net.Http.Headers;
using HaLong.Identity.Keys;
using HaLong.Identity.PersonalData;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Tests.PersonalData;

public sealed class IdentityDocumentTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Mine = "/api/v1/me/identity-documents";

    /// <summary>One white pixel.</summary>
    internal static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=");

    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 0xFF, 0xD9];

    [Fact]
    public async Task Both_sides_are_stored_sealed_listed_shown_replaced_and_deleted()
    {
        var id = await site.PersonAsync("holder", "022195400001");
        var (token, strong) = (await site.TokenAsync("holder"), await site.TokenAsync("holder", strong: true));

        Assert.Equal(HttpStatusCode.Created, (await PutAsync(token, "front", Png)).Status);
        Assert.Equal(HttpStatusCode.Created, (await PutAsync(token, "back", Jpeg)).Status);
        Assert.Equal(["front image/png", "back image/jpeg"], (await site.GetAsync(token, Mine)).Body.GetProperty("items").EnumerateArray()
            .Select(d => $"{d.GetProperty("side").GetString()} {d.GetProperty("mediaType").GetString()}"));

        var shown = await site.GetAsync(strong, Mine + "/front");
        Assert.Equal((HttpStatusCode.OK, "image/png"), (shown.Status, shown.MediaType));
        Assert.Equal(Png, shown.Bytes);
        Assert.True(shown.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", shown.Headers.GetValues("X-Content-Type-Options").Single());

        var sealedBox = await site.DatabaseAsync(db => db.IdentityDocuments.Where(d => d.AccountId == id && d.Side == "front").Select(d => d.Sealed).SingleAsync());
        Assert.Equal(-1, sealedBox.AsSpan().IndexOf("PNG"u8));
        Assert.NotNull(FieldVault.KeyOf(sealedBox));

        Assert.Equal(HttpStatusCode.OK, (await PutAsync(token, "front", Jpeg)).Status);
        Assert.Equal(Jpeg, (await site.GetAsync(strong, Mine + "/front")).Bytes);
        Assert.Equal(HttpStatusCode.NoContent, (await site.DeleteAsync(token, Mine + "/front")).Status);
        Assert.Equal("IDN-0605", (await site.DeleteAsync(token, Mine + "/front")).Code);
        Assert.Equal("IDN-0605", (await site.GetAsync(strong, Mine + "/front")).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await site.GetAsync(token, Mine + "/back")).Status);
    }

    [Fact]
    public async Task Images_move_to_a_new_data_key_too()
    {
        await site.PersonAsync("rotated", "022195400002");
        await PutAsync(await site.TokenAsync("rotated"), "front", Png);
        var key = await site.InScopeAsync<DataKeyRotation, Guid>(r => r.RotateFieldKeyAsync(default));
        await TestSupport.Eventually.Async(async () => await site.InScopeAsync<Reencryption, long>(r => r.RunAsync(default)) == 0, "all is moved");

        Assert.All(await site.DatabaseAsync(db => db.IdentityDocuments.Select(d => d.Sealed).ToListAsync()), b => Assert.Equal(key, FieldVault.KeyOf(b)));
        Assert.Equal(Png, (await site.GetAsync(await site.TokenAsync("rotated", strong: true), Mine + "/front")).Bytes);
    }

    [Fact]
    public async Task The_content_decides_what_a_file_is_and_broken_ones_are_refused()
    {
        var token = await site.TokenAsync("citizen");
        byte[][] refused =
        [
            [], "%PDF-1.7 %%EOF"u8.ToArray(), "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "GIF89a"u8.ToArray(), Png[..^4], [.. Png, 1], Png[..8],
            [.. Png[..8], .. Png[33..]], Jpeg[..^1], [0xFF, 0xD8, 0xFF],
        ];
        foreach (var content in refused)
            Assert.Equal((HttpStatusCode.UnsupportedMediaType, "IDN-0604"), await PutAsync(token, "front", content) is var a ? (a.Status, a.Code) : default);
        Assert.Equal("IDN-0602", (await PutAsync(token, "left", Png)).Code);
    }

    [Fact]
    public async Task Ten_megabytes_are_allowed_and_one_byte_more_is_not_however_it_is_sent()
    {
        var token = await site.TokenAsync("citizen");
        byte[] largest = [.. Jpeg[..^2], .. new byte[OwnIdentityDocuments.MaxBytes - Jpeg.Length], 0xFF, 0xD9];

        Assert.Equal(HttpStatusCode.Created, (await PutAsync(token, "back", largest)).Status);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "IDN-0603"), await PutAsync(token, "back", [.. largest, 0]) is var a ? (a.Status, a.Code) : default);
        var chunked = new StreamContent(new Unsized([.. largest, 0]));
        chunked.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        Assert.Equal("IDN-0603", (await site.CallAsync(token, HttpMethod.Put, Mine + "/back", chunked)).Code);
    }

    [Fact]
    public async Task An_official_sees_an_image_with_a_purpose_and_it_counts_as_a_disclosure()
    {
        var person = await site.PersonAsync("pictured", "022195400003");
        await PutAsync(await site.TokenAsync("pictured"), "front", Png);
        var path = $"/api/v1/accounts/{person}/identity-documents/front/disclosures";
        var body = new { purpose = "counter-verification", note = "Đối chiếu ảnh tại quầy" };

        var shown = await site.PostAsync(await site.TokenAsync("reception", strong: true), path, body);
        Assert.Equal((HttpStatusCode.OK, "image/png"), (shown.Status, shown.MediaType));
        Assert.Equal(Png, shown.Bytes);
        Assert.Equal("identity-document", (await site.GetAsync(await site.TokenAsync("pictured"), "/api/v1/me/access-log")).Body.GetProperty("items")[0].GetProperty("what").GetString());

        Assert.Equal(HttpStatusCode.Unauthorized, (await site.PostAsync(await site.TokenAsync("reception"), path, body)).Status);
        Assert.Equal("IDN-0606", (await site.PostAsync(await site.TokenAsync("reception", strong: true), path)).Code);
        Assert.Equal("IDN-0607", (await site.PostAsync(await site.TokenAsync("officer", strong: true), path, body)).Code);
        foreach (var role in new[] { "citizen", "helper", "cashier", "leader", "administrator" })
            Assert.Equal(HttpStatusCode.NotFound, (await site.PostAsync(await site.TokenAsync(role, strong: true), path, body)).Status);
        Assert.Equal("IDN-0605", (await site.PostAsync(await site.TokenAsync("reception", strong: true), path.Replace("front", "back", StringComparison.Ordinal), body)).Code);
    }

    [Fact]
    public async Task Nobody_handles_the_images_of_somebody_else()
    {
        var acting = await site.ActingTokenAsync("citizen", "helper");
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await site.CallAsync(acting, method, Mine + "/front", method == HttpMethod.Put ? Content(Png) : null)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await site.CallAsync(null, method, Mine + "/front", method == HttpMethod.Put ? Content(Png) : null)).Status);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await site.GetAsync(acting, Mine)).Status);
    }

    [Fact]
    public async Task Two_uploads_at_once_leave_one_image()
    {
        var id = await site.PersonAsync("doubled", "022195400004");
        var token = await site.TokenAsync("doubled");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PutAsync(token, "front", Png)));

        Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.OK or HttpStatusCode.Created));
        Assert.Equal(1, await site.DatabaseAsync(db => db.IdentityDocuments.CountAsync(d => d.AccountId == id)));
    }

    private static ByteArrayContent Content(byte[] content) => new(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };

    private Task<Calls.Answer> PutAsync(string token, string side, byte[] content) => site.CallAsync(token, HttpMethod.Put, $"{Mine}/{side}", Content(content));

    /// <summary>A body whose length nobody knows beforehand.</summary>
    private sealed class Unsized(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
