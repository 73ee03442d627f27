using System.Globalization;
using HaLong.Dossiers.Catalogue;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaLong.Dossiers.Tests.Catalogue;

public sealed class CatalogueCachingTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    [Fact]
    public void The_tag_changes_with_the_catalogue_the_day_and_the_language()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi");
            string[] tags = [Tag(1, Day), Tag(2, Day), Tag(1, Day.AddDays(1))];
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            Assert.Equal(4, tags.Append(Tag(1, Day)).Distinct().Count());
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("\"other\", {0}", true)]
    [InlineData("W/{0}", true)]
    [InlineData("*", true)]
    [InlineData("\"other\"", false)]
    [InlineData("no tag", false)]
    public void Who_has_it_already_gets_it_not_again(string known, bool unchanged)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers.IfNoneMatch = string.Format(CultureInfo.InvariantCulture, known, Tag(7, Day));
        var answer = CatalogueCaching.Check(http, 7, Day);
        Assert.Equal(unchanged ? 304 : null, (answer as StatusCodeHttpResult)?.StatusCode);
        Assert.Equal("public, max-age=60", http.Response.Headers.CacheControl);
    }

    [Theory]
    [InlineData("2026-11-23", "2026-11-23")]
    [InlineData("23/11/2026", null)]
    [InlineData("2026-11-31", null)]
    [InlineData("2026-11-23T00:00", null)]
    public void A_day_is_read_in_one_form_only(string text, string? day) =>
        Assert.Equal(day, CatalogueCaching.Day(text, TimeProvider.System)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-11-23T16:59:59Z", "2026-11-23")]
    [InlineData("2026-11-23T17:00:00Z", "2026-11-24")]
    public void Without_a_day_it_is_the_local_one(string now, string day) => Assert.Equal(
        day, CatalogueCaching.Day(null, new Fixed(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)))!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static string Tag(long revision, DateOnly day)
    {
        var http = new DefaultHttpContext();
        CatalogueCaching.Check(http, revision, day);
        return http.Response.Headers.ETag.ToString();
    }

    private sealed class Fixed(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
