namespace HaLong.Identity.Tests.Features;

public sealed class OpenApiTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    [Fact]
    public async Task Every_operation_has_a_summary_a_tag_and_no_page_is_listed()
    {
        var document = await Browser.OkAsync(await site.NewBrowser().Http.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var paths = document.GetProperty("paths").EnumerateObject().ToList();

        Assert.All(paths, p => Assert.Matches("^/(api/v1|connect)/", p.Name));
        Assert.Contains(paths, p => p.Name == "/api/v1/me");
        foreach (var operation in paths.SelectMany(p => p.Value.EnumerateObject()))
        {
            Assert.NotEmpty(operation.Value.GetProperty("summary").GetString()!);
            Assert.NotEqual(0, operation.Value.GetProperty("tags").GetArrayLength());
        }

        Assert.True(document.GetProperty("paths").GetProperty("/api/v1/me").GetProperty("get").TryGetProperty("security", out _));
        Assert.False(document.GetProperty("paths").GetProperty("/api/v1/units").GetProperty("get").TryGetProperty("security", out _));
    }
}
