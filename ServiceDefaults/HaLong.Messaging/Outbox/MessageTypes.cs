using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using MassTransit;

namespace HaLong.Messaging;

/// <summary>Message types by their wire name ([EntityName]), so moving a namespace cannot break a queue.</summary>
internal sealed class MessageTypes
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly FrozenDictionary<string, Type> _byName;

    public MessageTypes(IEnumerable<Assembly> contracts)
    {
        var types = contracts.Distinct().SelectMany(a => a.GetTypes()).Where(t => t.GetCustomAttribute<EntityNameAttribute>() is not null);
        _byName = types.ToFrozenDictionary(NameOf, StringComparer.Ordinal);
    }

    /// <summary>Wire name of a type; throws when it has none, at the moment somebody tries to enqueue it.</summary>
    public static string NameOf(Type type) => type.GetCustomAttribute<EntityNameAttribute>()?.EntityName
        ?? throw new InvalidOperationException($"{type} has no [EntityName]: a message needs a stable wire name.");

    /// <summary>The bus takes types that are not public for temporary and gives them an exchange that a restart of the broker forgets.</summary>
    public void MakeDurable(IPublishTopology topology)
    {
        foreach (var type in _byName.Values)
        {
            if (topology.GetMessageTopology(type) is IRabbitMqMessagePublishTopologyConfigurator exchange)
            {
                exchange.Durable = true;
                exchange.AutoDelete = false;
            }
        }
    }

    /// <summary>The message of a stored row; throws for a name that no contract carries.</summary>
    public (Type Type, object Message) Read(OutboxMessage row)
    {
        var type = _byName.GetValueOrDefault(row.Type) ?? throw new InvalidOperationException($"No contract is named '{row.Type}'.");
        return (type, JsonSerializer.Deserialize(row.Payload, type, Json) ?? throw new JsonException("The payload is null."));
    }
}
