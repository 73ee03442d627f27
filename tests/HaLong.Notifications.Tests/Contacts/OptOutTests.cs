using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Contacts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Planning;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Contacts;

/// <summary>The way out of optional messages, by one click and without signing in.</summary>
public sealed class OptOutTests(World world) : IClassFixture<World>
{
    private OptOutLinks Links => world.Service.Services.GetRequiredService<OptOutLinks>();

    [Fact]
    public async Task Opening_the_link_changes_nothing_and_one_click_ends_optional_messages_at_identity()
    {
        var person = world.Accounts.Person();
        using var anyone = world.Service.Client();
        var path = new Uri(Links.UrlFor(person)).AbsolutePath;

        var page = await anyone.GetFromJsonAsync<JsonElement>(path, World.Ct);
        Assert.Equal("wanted", page.GetProperty("state").GetString());
        Assert.DoesNotContain(person, world.Accounts.OptedOut);

        // As RFC 8058 has mail programs do it.
        using var click = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        using var answer = await anyone.PostAsync(path, click, World.Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("ended", (await answer.Content.ReadFromJsonAsync<JsonElement>(World.Ct)).GetProperty("state").GetString());
        await Eventually.Async(() => Task.FromResult(world.Accounts.OptedOut.Contains(person)), "identity to hear it");
        // And what this process remembered is forgotten.
        await Eventually.Async(async () => await world.Service.Services.GetRequiredService<ContactBook>().FindAsync(person, World.Ct) is { OptionalMessages: false }, "the new wish");
    }

    [Fact]
    public async Task The_page_speaks_the_readers_language()
    {
        using var anyone = world.Service.Client();
        anyone.DefaultRequestHeaders.Add("Accept-Language", "en");

        var page = await anyone.GetFromJsonAsync<JsonElement>(new Uri(Links.UrlFor(world.Accounts.Person())).AbsolutePath, World.Ct);

        Assert.StartsWith("Stop invitations", page.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Identity_away_loses_no_wish()
    {
        var person = world.Accounts.Person();
        using var anyone = world.Service.Client();
        world.Accounts.IsDown = true;
        using (var answer = await anyone.PostAsync(new Uri(Links.UrlFor(person)).AbsolutePath, null, World.Ct))
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await Eventually.Async(
            () => world.InDatabaseAsync(db => db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM evidence WHERE kind = 'halong.notification.opt-out.v1' OFFSET 2) AS \"Value\"").SingleAsync()),
            "an order that was put off");
        world.Accounts.IsDown = false;

        await Eventually.Async(() => Task.FromResult(world.Accounts.OptedOut.Contains(person)), "identity to hear it");
    }

    [Fact]
    public async Task A_link_that_is_not_ours_is_not_there()
    {
        var token = WebEncoders.Base64UrlDecode(Links.TokenFor(Guid.CreateVersion7()));
        var (other, cut) = ((byte[])token.Clone(), token[..^1]);
        other[3] ^= 1;
        using var anyone = world.Service.Client();

        foreach (var forged in (string[])[WebEncoders.Base64UrlEncode(other), WebEncoders.Base64UrlEncode(cut), "x", "not*base64", new string('A', 500)])
        {
            using var shown = await anyone.GetAsync(new Uri($"/api/v1/notices/unsubscribe/{forged}", UriKind.Relative), World.Ct);
            await shown.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0236");
            using var clicked = await anyone.PostAsync($"/api/v1/notices/unsubscribe/{forged}", null, World.Ct);
            await clicked.AssertProblemAsync(HttpStatusCode.NotFound, "NOT-0236");
        }
    }

    [Fact]
    public void Every_replica_knows_the_links_of_the_others_and_every_account_has_its_own()
    {
        var person = Guid.CreateVersion7();

        Assert.Equal(person, Links.AccountOf(Links.TokenFor(person)));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Links.TokenFor(Guid.CreateVersion7())).Distinct().Count());
        Assert.Equal(43, Links.TokenFor(person).Length);
    }

    [Fact]
    public void Only_of_what_is_optional_there_is_a_way_out()
    {
        foreach (var weight in Enum.GetValues<NoticeClass>())
        {
            var message = new Message
            {
                Id = Guid.CreateVersion7(),
                RecipientId = Guid.CreateVersion7(),
                Kind = "k",
                Trigger = "t",
                Class = weight,
                Channel = MessageChannel.Email,
                Language = "vi",
                Title = "",
                Body = "",
                CreatedAt = default,
            };
            Assert.Equal(weight == NoticeClass.Optional ? Links.UrlFor(message.RecipientId) : null, Links.UrlFor(message));
        }
    }

    [Fact]
    public void The_way_out_stands_at_the_end_of_text_and_page()
    {
        var letter = Links.AddTo(new ChannelText("s", "Chào bạn", "<html><body><p>Chào</p></body></html>"), "vi", Guid.CreateVersion7());

        Assert.Matches("Chào bạn\n\nKhông nhận những tin như thế này nữa: https://halong.test/api/v1/notices/unsubscribe/[\\w-]{43}\n$", letter.Body);
        Assert.Matches("<p><a href=\"https://halong.test/api/v1/notices/unsubscribe/[\\w-]{43}\">.*</a></p>\n</body></html>$", letter.Html!); // given above
        Assert.Contains("Do not send", Links.AddTo(new ChannelText("s", "Hello"), "en", Guid.CreateVersion7()).Body, StringComparison.Ordinal);
        Assert.Null(Links.AddTo(new ChannelText("s", "Hello"), "en", Guid.CreateVersion7()).Html);
    }
}
