namespace HaLong.Notifications.Tests.Support;

/// <summary>Classes that share one engine, one after the other: they set its providers and its clock.</summary>
public static class EngineCollections
{
    public const string Steps = "engine", Administration = "engine administration";
}

[CollectionDefinition(EngineCollections.Steps)]
public sealed class EngineSteps : ICollectionFixture<EngineWorld>;

[CollectionDefinition(EngineCollections.Administration)]
public sealed class EngineAdministration : ICollectionFixture<EngineWorld>;
