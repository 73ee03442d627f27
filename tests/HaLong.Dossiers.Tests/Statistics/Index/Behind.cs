using System.Text.Json;
using static HaLong.Dossiers.Tests.Statistics.Index.IndexSamples;

namespace HaLong.Dossiers.Tests.Statistics.Index;

/// <summary>All pages of what is behind a figure.</summary>
internal sealed record Behind(long Total, List<JsonElement> Items)
{
    public List<string> Ids => Items.ConvertAll(i => i.GetProperty("id").GetString()!);

    public static async Task<Behind> AllAsync(HttpClient client, string unit, string component, string part, int limit = 100, string period = Month)
    {
        var (items, after, total) = (new List<JsonElement>(), (string?)null, 0L);
        do
        {
            var page = await DossierFixture.GetAsync(client,
                $"/api/v1/index766/dossiers?unit={unit}&period={period}&component={component}&part={part}&limit={limit}&after={after}");
            Assert.True(page.GetProperty("items").GetArrayLength() <= limit);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            (after, total) = (page.GetProperty("after").GetString(), page.GetProperty("total").GetInt64());
        }
        while (after is not null);
        return new Behind(total, items);
    }
}
