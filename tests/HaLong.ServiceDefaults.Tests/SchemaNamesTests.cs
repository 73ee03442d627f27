using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HaLong.ServiceDefaults.Tests
{
    /// <summary>Two answers of one short name are two schemas.</summary>
    public sealed class SchemaNamesTests
    {
        [Theory]
        [InlineData("/cat", "CatView", "meows")]
        [InlineData("/dog", "DogView", "barks")]
        [InlineData("/kennel", "PageOfDogView", "items")]
        [InlineData("/bowl", "BowlsDish", "bowl")]
        [InlineData("/plate", "PlatesDish", "plate")]
        [InlineData("/only", "OnlyOne", "once")]
        public async Task What_is_answered_is_what_is_promised(string path, string schema, string property)
        {
            await using var app = await TestApp.StartAsync(a =>
            {
                Map<Cat.View>(a, "/cat");
                Map<Dog.View>(a, "/dog");
                Map<Page<Dog.View>>(a, "/kennel");
                Map<Bowls.Dish>(a, "/bowl");
                Map<Plates.Dish>(a, "/plate");
                Map<OnlyOne>(a, "/only");
            });
            using var client = app.Client();
            var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
            var answer = document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200");
            var promised = answer.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString();
            Assert.Equal("#/components/schemas/" + schema, promised);
            var properties = document.GetProperty("components").GetProperty("schemas").GetProperty(schema).GetProperty("properties");
            Assert.True(properties.TryGetProperty(property, out _));
        }

        private static void Map<T>(WebApplication app, string path) => app.MapGet(path, () => TypedResults.Ok()).AllowAnonymous().Produces<T>();

        internal static class Cat
        {
            internal sealed record View(bool Meows);
        }

        internal static class Dog
        {
            internal sealed record View(bool Barks);
        }

        internal sealed record OnlyOne(int Once);
    }
}

namespace HaLong.ServiceDefaults.Tests.Bowls
{
    internal sealed record Dish(string Bowl);
}

namespace HaLong.ServiceDefaults.Tests.Plates
{
    internal sealed record Dish(string Plate);
}
