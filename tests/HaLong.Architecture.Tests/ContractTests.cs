using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using MassTransit;

namespace HaLong.Architecture.Tests;

/// <summary>What others build on changes only together with its approved file.</summary>
public sealed class ContractTests
{
    public static TheoryData<string> Services => [.. Repository.ServiceNames];

    [Fact]
    public void Wire_names_are_unique_and_versioned()
    {
        var names = Messages().Select(m => m.GetCustomAttribute<EntityNameAttribute>()!.EntityName).ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, n => Assert.Matches(@"^halong\.[a-z.\-]+\.v[0-9]+$", n));
    }

    [Fact]
    public void Events_are_as_approved()
    {
        var text = new StringBuilder();
        foreach (var type in Messages().OrderBy(t => t.GetCustomAttribute<EntityNameAttribute>()!.EntityName, StringComparer.Ordinal))
        {
            text.AppendLine(type.GetCustomAttribute<EntityNameAttribute>()!.EntityName);
            foreach (var property in type.GetProperties().Where(p => p.Name != "EqualityContract").OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {property.Name}: {Name(property.PropertyType)}");
            }
        }

        Repository.Approve("tests/HaLong.Architecture.Tests/Approved/events.txt", text.ToString());
    }

    [Fact]
    public void Protocol_buffers_are_as_approved()
    {
        // The messaging library has a protocol of its own: that of the witness.
        var files = Repository.Contracts.Append(Assembly.Load("HaLong.Messaging")).SelectMany(a => a.GetTypes()).Where(t => t.Name.EndsWith("Reflection", StringComparison.Ordinal))
            .Select(t => t.GetProperty("Descriptor", BindingFlags.Static | BindingFlags.Public)?.GetValue(null)).OfType<FileDescriptor>();
        var text = new StringBuilder();
        foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            text.AppendLine(file.Name);
            foreach (var method in file.Services.SelectMany(s => s.Methods))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  rpc {method.FullName}({method.InputType.FullName}) -> {method.OutputType.FullName}");
            }

            foreach (var field in file.MessageTypes.SelectMany(m => m.Fields.InFieldNumberOrder()))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {field.ContainingType.FullName}.{field.Name} = {field.FieldNumber} {(field.IsRepeated ? "repeated " : "")}{field.FieldType}");
            }
        }

        Repository.Approve("tests/HaLong.Architecture.Tests/Approved/protos.txt", text.ToString());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_public_api_is_as_approved(string service)
    {
        using var booted = Booted.Of(Assembly.Load(service));
        using var client = booted.Client();
        var document = JsonNode.Parse(await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken))!;
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
        var text = new StringBuilder();
        foreach (var (path, item) in document["paths"]!.AsObject().OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            foreach (var (verb, operation) in item!.AsObject().Where(o => o.Value is JsonObject v && v.ContainsKey("responses")).OrderBy(o => o.Key, StringComparer.Ordinal))
            {
                var answers = string.Join(' ', operation!["responses"]!.AsObject().Select(r => r.Key).Order(StringComparer.Ordinal));
                var query = operation["parameters"]?.AsArray().Select(p => p!["name"]?.GetValue<string>()).Where(n => n is not null).Order(StringComparer.Ordinal);
                text.AppendLine(CultureInfo.InvariantCulture, $"{verb.ToUpperInvariant()} {path} -> {answers} ({(query is null ? "" : string.Join(", ", query))})");
            }
        }

        Repository.Approve($"tests/HaLong.Architecture.Tests/Approved/api-{service}.txt", text.ToString());
    }

    [Fact]
    public void Every_consumer_has_a_test()
    {
        foreach (var consumer in Repository.Services.SelectMany(a => a.GetTypes()).Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IConsumer).IsAssignableFrom(t)))
        {
            // By its own name, or by the message it takes, in the tests of its service.
            var folder = $"tests/{consumer.Assembly.GetName().Name}.Tests/";
            var tests = string.Join('\n', Repository.Tests.Where(t => t.Path.StartsWith(folder, StringComparison.Ordinal)).SelectMany(t => t.Lines));
            var messages = consumer.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IConsumer<>)).Select(i => i.GetGenericArguments()[0].Name);
            Assert.True(messages.Prepend(consumer.Name.Split('`')[0]).Any(name => tests.Contains(name, StringComparison.Ordinal)), $"{consumer} has no test");
        }
    }

    private static IEnumerable<Type> Messages() =>
        Repository.Contracts.Concat(Repository.Services).SelectMany(a => a.GetTypes()).Where(t => t.GetCustomAttribute<EntityNameAttribute>() is not null);

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
